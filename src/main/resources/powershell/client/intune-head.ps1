# Detection for Intune remediations: one line, and exit code 1 where the remediation is needed.
# Runs as SYSTEM, in 64-bit PowerShell.
