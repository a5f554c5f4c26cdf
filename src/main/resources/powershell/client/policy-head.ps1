# Makes or completes a Group Policy object that brings the certificates of this package to machines, as registry preferences.
# -Connecting: for machines that connect but do not scan: roots and intermediates alone, and no policy for updates.
# -LinkTo: the distinguished name of an organizational unit. Undo: Remove-GPO -Name NAME.
param(
    [Parameter(Mandatory = $true)][string]$Name,
    [string]$LinkTo = '',
    [switch]$Connecting
)
