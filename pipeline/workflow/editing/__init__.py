"""A transcript in the hands of its editors: opened, changed deed by deed, taken back, finished."""
