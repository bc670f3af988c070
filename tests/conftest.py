"""What all tests share: property tests have no deadline, since a busy machine is no defect."""

from hypothesis import settings

settings.register_profile("kawalis", deadline=None)
settings.load_profile("kawalis")
