Assert-Administrator
foreach ($entry in @((Get-TrustPackage).certificates)) {
    if ($WithRoots -or $entry.audience -ne 'connecting') { Remove-TrustedCertificate -Entry $entry }
}
