"""A medication list for demonstrations, as data/samples.yaml may say it."""

from pydantic import Field

from components.clinical.records import FactorId, Model, Slug, Text
from components.clinical.terms import Region, Treatment


class SampleCase(Model):
    """A medication list for demonstrations; nobody's."""

    id: Slug = Field(description="Short name.")
    title: Text = Field(description="On the button.")
    teaches: Text = Field(description="What the case shows, one sentence.")
    story: Text = Field(description="The case in two or three sentences; nobody's.")
    treatment: Treatment = Field(description="The planned treatment.")
    region: Region = Field(default=Region.US, description="Whose label counts.")
    patient_factors: tuple[FactorId, ...] = Field(default=(), description="Ids from factors.yaml that are present.")
    factors_asked: bool = Field(default=False, description="True: all factor groups were gone through.")
    worries: tuple[Slug, ...] = Field(default=(), description="Ids from worries.yaml.")
    medicines: Text = Field(description="The list as it would be pasted, one a line.")
