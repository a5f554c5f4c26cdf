(Get-TrustReport -Package (Get-TrustPackage)).line
