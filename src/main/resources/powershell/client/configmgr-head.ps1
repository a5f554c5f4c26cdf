# Discovery for a ConfigMgr configuration item: one line that begins with Compliant where nothing is missing.
# The rule of the item: the value begins with Compliant. Runs as SYSTEM, in 64-bit PowerShell.
