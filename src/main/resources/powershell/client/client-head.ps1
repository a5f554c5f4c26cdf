# Looks at this client as Windows Update sees it: trust, policy, name, TLS handshake, web services, ConfigMgr's own view.
# -Scan: also asks for a scan and waits for its result. Changes nothing else.
param([switch]$Scan)
