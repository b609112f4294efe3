"""The list that everything is timed with."""

EIGHT = """Zoloft 100 mg qAM
lorazepam 1 mg prn
lamotrigine 200 mg daily
Adderall XR 20 mg qam
lisinopril 10 mg
omeprazole 20 mg
Tylenol PM 2 tabs qhs
trazodone 50 mg at night"""
