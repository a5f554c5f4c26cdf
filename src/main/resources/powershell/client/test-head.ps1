# Says in one line whether this machine has the trust of this package, and what is wrong with its update policy.
# -ReportTo FOLDER: also writes the line as HOST.csv there, for certwright trust import.
param([string]$ReportTo = '')
