function Assert-Administrator {
    $identity = [Security.Principal.WindowsIdentity]::GetCurrent()
    $principal = New-Object -TypeName Security.Principal.WindowsPrincipal -ArgumentList $identity
    if (-not $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
        throw 'certificate stores of the machine: this account may not change them; run this as SYSTEM or in an elevated prompt'
    }
}

# Opening a store that is not there yet makes it.
function Open-MachineStore {
    param([Parameter(Mandatory = $true)][string]$Name)
    $store = New-Object -TypeName Security.Cryptography.X509Certificates.X509Store -ArgumentList $Name, 'LocalMachine'
    $store.Open('ReadWrite')
    $store
}

function Find-StoredCertificate {
    param([Parameter(Mandatory = $true)]$Store, [Parameter(Mandatory = $true)][string]$Thumbprint)
    foreach ($certificate in @($Store.Certificates)) {
        if ($certificate.Thumbprint -eq $Thumbprint) { $certificate }
    }
}

function Add-TrustedCertificate {
    param([Parameter(Mandatory = $true)]$Entry)
    $bytes = [Convert]::FromBase64String($Entry.der)
    $certificate = New-Object -TypeName Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList (, $bytes)
    if ($certificate.Thumbprint -ne $Entry.thumbprint) {
        throw "certificate $($Entry.thumbprint): the package holds $($certificate.Thumbprint) in its place; fetch the package again"
    }
    $store = Open-MachineStore -Name $Entry.store
    try {
        if (@(Find-StoredCertificate -Store $store -Thumbprint $Entry.thumbprint).Count -gt 0) {
            "$($Entry.store) $($Entry.thumbprint) was there already"
        }
        else {
            $store.Add($certificate)
            "$($Entry.store) $($Entry.thumbprint) added"
        }
    }
    finally { $store.Close() }
}

function Remove-TrustedCertificate {
    param([Parameter(Mandatory = $true)]$Entry)
    $store = Open-MachineStore -Name $Entry.store
    try {
        $found = @(Find-StoredCertificate -Store $store -Thumbprint $Entry.thumbprint)
        foreach ($certificate in $found) { $store.Remove($certificate) }
        if ($found.Count -gt 0) { "$($Entry.store) $($Entry.thumbprint) removed" }
        else { "$($Entry.store) $($Entry.thumbprint) was not there" }
    }
    finally { $store.Close() }
}

