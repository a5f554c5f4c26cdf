Assert-Administrator
foreach ($entry in @((Get-TrustPackage).certificates)) { Add-TrustedCertificate -Entry $entry }
