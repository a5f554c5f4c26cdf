$report = Get-TrustReport -Package (Get-TrustPackage)
$report.line
if ($ReportTo -ne '') {
    $file = Join-Path -Path $ReportTo -ChildPath "$(Get-HostFullName).csv"
    Set-Content -LiteralPath $file -Encoding Ascii -Value @('"Result"', ('"' + $report.line.Replace('"', '""') + '"'))
}
if ($report.compliant) { exit 0 }
exit 1
