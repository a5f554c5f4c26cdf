$report = Get-TrustReport -Package (Get-TrustPackage)
$report.line
if ($report.compliant) { exit 0 }
exit 1
