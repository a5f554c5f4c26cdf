Assert-Administrator
foreach ($entry in @((Get-TrustPackage).certificates)) {
    if ($entry.audience -eq 'connecting' -or -not $ConnectingOnly) { Add-TrustedCertificate -Entry $entry }
}
