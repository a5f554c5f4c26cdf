# Puts the certificates of this package into the stores of this machine. Harmless twice. Run it as SYSTEM or elevated.
# -ConnectingOnly: for machines that connect to the update server but do not scan for updates: consoles, site servers.
param([switch]$ConnectingOnly)
