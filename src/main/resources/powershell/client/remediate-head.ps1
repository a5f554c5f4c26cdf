# Remediation for Intune and ConfigMgr: puts the certificates of the package inside this file into the stores of this machine.
# Runs as SYSTEM, in 64-bit PowerShell.
