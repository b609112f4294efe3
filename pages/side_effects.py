"""Side effects side by side: which, how often, when, how long; what the patient worries about comes first."""

import streamlit as st

from components.clinical.interface_words import say
from components.clinical.side_effect_choice import effects_of, serious_effects
from components.clinical.side_effect_terms import EffectView
from components.screen.frame import require_frame
from components.screen.knowledge import knowledge_base, look_for_changes
from components.screen.others_say import others_say
from components.screen.presenter import presenter_switch, presenting
from components.screen.side_effect_map import each_ssri
from components.screen.side_effect_serious import serious_risks
from components.screen.side_effect_views import compare, out_of_100, when
from components.screen.turns import my_turn
from components.screen.view_switch import view_switch
from components.screen.worry_cards import at_a_glance, check_marks, worry_cards
from components.screen.worry_tiles import worry_tiles

require_frame()

with st.container(horizontal=True, vertical_alignment="bottom"):
    st.title(say("page_side_effects.side_effects_side_side"))
    presenter_switch()


@st.fragment
@my_turn()
def views() -> None:
    """A choice reruns the views only, not the frame round them."""
    look_for_changes()
    worries = worry_tiles(in_patient_words=presenting())
    drawn_by = {
        EffectView.COMPARE: lambda: compare(worries),
        EffectView.CARDS: lambda: worry_cards(worries),
        EffectView.WHEN: lambda: when(worries),
        EffectView.OUT_OF_100: lambda: out_of_100(worries),
        EffectView.EACH_SSRI: lambda: each_ssri(worries),
        EffectView.CHECK_MARKS: check_marks,
    }
    base = knowledge_base().side_effects
    view = view_switch({view: base.views[view].title for view in drawn_by}, "effects")
    at_a_glance(worries)
    drawn_by[view]()
    with st.container(key="serious_risks"):
        serious_risks()
    about = effects_of(base, worries) if worries else serious_effects(base)
    others_say([each.id for each in about], "side_effects", presenting(), of_patient=bool(worries))


views()
