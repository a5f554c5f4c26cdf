# What Certwright asks of a Windows host: one small function per call, and a dispatcher that runs a list of them.
# Windows PowerShell 5.1. ASCII only. Decides nothing: the caller does.
param([switch]$FromInput, [string]$Folder = '')
Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

$Version = '1'
$Itself = $MyInvocation.MyCommand
$InstalledAt = [string]$PSCommandPath
$EndMark = '# --- The end of the script; a request may follow ---'

$Calls = @(
    'Get-HostFacts', 'Get-OwnGroups', 'Get-NameAddresses', 'Get-OwnAddresses', 'Get-ServiceState', 'Restart-ServiceNamed', 'Start-ServiceNamed'
    'Get-RecentEvents', 'Write-HostEvent'
    'Get-StoredCertificates', 'Import-Pfx', 'Import-CertificateOnly', 'Set-FriendlyName', 'Remove-StoredCertificate', 'New-KeySignature'
    'New-HostRequest', 'Install-HostCertificate'
    'Get-Sites', 'Set-BindingCertificate', 'Clear-BindingCertificate', 'Set-BindingFlags', 'Add-HttpsBinding', 'Remove-HttpsBinding'
    'Get-SitePaths', 'Get-RebindTask'
    'Get-HttpSysTable', 'Add-HttpSysEntry', 'Remove-HttpSysEntry'
    'Get-SslFlags', 'Set-SslFlags', 'Clear-SslFlags'
    'Set-ChallengeAnswer', 'Remove-ChallengeAnswer', 'Get-ChallengeAnswers'
    'Get-Pool', 'Set-Pool', 'Restart-Pool'
    'Get-WsusSetup', 'Set-WsusSetupValue', 'Remove-WsusSetupValue', 'Invoke-ConfigureSsl', 'Invoke-CheckHealth'
    'Get-LocalWsus', 'Get-WsusByName', 'Get-Upstream', 'Set-Upstream', 'Start-Synchronization', 'Get-Synchronization'
    'Get-PresentedCertificate', 'Get-WebAnswer'
    'Get-UpdatePoints', 'Set-UpdatePointSsl', 'Start-FullSynchronization'
    'Submit-CaRequest', 'Receive-CaCertificate', 'Get-CaPing', 'Get-CaTemplates'
    'Invoke-AsSystem', 'Get-Leftovers', 'Remove-Leftover'
)

# --- Shared by several calls ---

function Get-UtcText {
    param([Parameter(Mandatory = $true)][datetime]$Time)
    $Time.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss.fffZ', [Globalization.CultureInfo]::InvariantCulture)
}

# A folder that only SYSTEM and Administrators can open, for files that live as long as one call.
function New-ClosedFolder {
    $name = 'certwright-' + [guid]::NewGuid().ToString('N')
    $folder = New-Item -ItemType Directory -Path (Join-Path -Path $env:ProgramData -ChildPath $name)
    $acl = Get-Acl -LiteralPath $folder.FullName
    $acl.SetSecurityDescriptorSddlForm('D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)', 'Access')
    Set-Acl -LiteralPath $folder.FullName -AclObject $acl
    $folder.FullName
}

# Empty where there is no such file.
function Get-FileBase64 {
    param([Parameter(Mandatory = $true)][string]$File)
    if (-not (Test-Path -LiteralPath $File)) { return '' }
    [Convert]::ToBase64String([IO.File]::ReadAllBytes($File))
}

# By the site's number: a name would become part of an XPath.
function Get-HttpsBinding {
    param([Parameter(Mandatory = $true)][int]$SiteId, [Parameter(Mandatory = $true)][string]$BindingInformation)
    Import-Module -Name WebAdministration
    $found = @(Get-WebBinding -Protocol 'https' | Where-Object -FilterScript {
            $_.ItemXPath.EndsWith("@id='$SiteId']", [StringComparison]::Ordinal) -and $_.bindingInformation -eq $BindingInformation
        })
    if ($found.Count -ne 1) { throw "site $SiteId has $($found.Count) https bindings of this form, wanted 1" }
    $found[0]
}

function Get-CertificateAt {
    param([Parameter(Mandatory = $true)][string]$Store, [Parameter(Mandatory = $true)][string]$Thumbprint)
    Get-Item -LiteralPath "Cert:\LocalMachine\$Store\$Thumbprint"
}

# --- The host ---

function Get-HostFacts {
    $windows = Get-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
    $identity = [Security.Principal.WindowsIdentity]::GetCurrent()
    $principal = New-Object -TypeName Security.Principal.WindowsPrincipal -ArgumentList $identity
    @{
        powerShell   = [string]$PSVersionTable.PSVersion
        languageMode = [string]$ExecutionContext.SessionState.LanguageMode
        is64Bit      = [Environment]::Is64BitProcess
        elevated     = $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
        user         = [string]$identity.Name
        computer     = [Environment]::MachineName
        product      = [string]$windows.ProductName
        build        = [int]$windows.CurrentBuildNumber
        culture      = [string](Get-UICulture).Name
        clock        = Get-UtcText -Time (Get-Date)
    }
}

# By SID: the names of groups are localized. Groups that UAC took out of the token are not among them.
function Get-OwnGroups {
    @{ groups = @([Security.Principal.WindowsIdentity]::GetCurrent().Groups | ForEach-Object -Process { [string]$_.Value }) }
}

function Get-NameAddresses {
    param([Parameter(Mandatory = $true)][string]$Name)
    $records = @(Resolve-DnsName -Name $Name -Type A_AAAA -ErrorAction SilentlyContinue)
    @{ addresses = @($records | Where-Object -FilterScript { $_.Type -eq 'A' -or $_.Type -eq 'AAAA' } |
                ForEach-Object -Process { [string]$_.IPAddress }) }
}

function Get-OwnAddresses {
    @{ addresses = @(Get-NetIPAddress | ForEach-Object -Process { [string]$_.IPAddress }) }
}

function Get-ServiceState {
    param([Parameter(Mandatory = $true)][string]$Service)
    $found = @(Get-Service -Name $Service -ErrorAction SilentlyContinue)
    if ($found.Count -eq 0) { return @{ present = $false; status = ''; startType = '' } }
    @{ present = $true; status = [string]$found[0].Status; startType = [string]$found[0].StartType }
}

function Restart-ServiceNamed {
    param([Parameter(Mandatory = $true)][string]$Service)
    Restart-Service -Name $Service -Force
    @{}
}

function Start-ServiceNamed {
    param([Parameter(Mandatory = $true)][string]$Service)
    Start-Service -Name $Service
    @{}
}

function Get-RecentEvents {
    param([Parameter(Mandatory = $true)][string]$Source, [Parameter(Mandatory = $true)][int]$Minutes)
    $filter = @{ LogName = 'Application'; ProviderName = $Source; StartTime = (Get-Date).AddMinutes(-$Minutes) }
    @{ events = @(Get-WinEvent -FilterHashtable $filter -MaxEvents 50 -ErrorAction SilentlyContinue | ForEach-Object -Process {
                @{ id = [int]$_.Id; level = [int]$_.Level; at = (Get-UtcText -Time $_.TimeCreated); message = [string]$_.Message }
            }) }
}

function Write-HostEvent {
    param([Parameter(Mandatory = $true)][int]$Id, [Parameter(Mandatory = $true)][string]$Kind, [Parameter(Mandatory = $true)][string]$Message)
    New-EventLog -LogName 'Application' -Source 'Certwright' -ErrorAction SilentlyContinue
    Write-EventLog -LogName 'Application' -Source 'Certwright' -EventId $Id -EntryType $Kind -Message $Message
    @{}
}

# --- Stores and keys ---

function Get-StoredCertificates {
    param([Parameter(Mandatory = $true)][string]$Store)
    if (-not (Test-Path -LiteralPath "Cert:\LocalMachine\$Store")) { return @{ certificates = @() } }
    @{ certificates = @(Get-ChildItem -LiteralPath "Cert:\LocalMachine\$Store" | ForEach-Object -Process {
                @{
                    thumbprint   = [string]$_.Thumbprint
                    friendlyName = [string]$_.FriendlyName
                    hasKey       = [bool]$_.HasPrivateKey
                    der          = [Convert]::ToBase64String($_.RawData)
                }
            }) }
}

function Import-Pfx {
    param([Parameter(Mandatory = $true)][string]$Pfx, [Parameter(Mandatory = $true)][string]$Password)
    $folder = New-ClosedFolder
    try {
        $file = Join-Path -Path $folder -ChildPath 'import.pfx'
        [IO.File]::WriteAllBytes($file, [Convert]::FromBase64String($Pfx))
        $plain = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($Password))
        $secret = ConvertTo-SecureString -String $plain -AsPlainText -Force
        $imported = @(Import-PfxCertificate -FilePath $file -CertStoreLocation 'Cert:\LocalMachine\My' -Password $secret)
        @{ thumbprint = [string]@($imported | Where-Object -FilterScript { $_.HasPrivateKey })[0].Thumbprint }
    }
    finally { Remove-Item -LiteralPath $folder -Recurse -Force }
}

function Import-CertificateOnly {
    param([Parameter(Mandatory = $true)][string]$Store, [Parameter(Mandatory = $true)][string]$Certificate)
    $folder = New-ClosedFolder
    try {
        $file = Join-Path -Path $folder -ChildPath 'import.cer'
        [IO.File]::WriteAllBytes($file, [Convert]::FromBase64String($Certificate))
        $imported = @(Import-Certificate -FilePath $file -CertStoreLocation "Cert:\LocalMachine\$Store")
        @{ thumbprint = [string]$imported[0].Thumbprint }
    }
    finally { Remove-Item -LiteralPath $folder -Recurse -Force }
}

function Set-FriendlyName {
    param([Parameter(Mandatory = $true)][string]$Thumbprint, [Parameter(Mandatory = $true)][string]$FriendlyName)
    (Get-CertificateAt -Store 'My' -Thumbprint $Thumbprint).FriendlyName = $FriendlyName
    @{}
}

function Remove-StoredCertificate {
    param([Parameter(Mandatory = $true)][string]$Store, [Parameter(Mandatory = $true)][string]$Thumbprint, [Parameter(Mandatory = $true)][bool]$DeleteKey)
    $path = "Cert:\LocalMachine\$Store\$Thumbprint"
    if (Test-Path -LiteralPath $path) { Remove-Item -LiteralPath $path -DeleteKey:$DeleteKey }
    @{}
}

function New-KeySignature {
    param([Parameter(Mandatory = $true)][string]$Thumbprint, [Parameter(Mandatory = $true)][string]$Challenge)
    $certificate = Get-CertificateAt -Store 'My' -Thumbprint $Thumbprint
    $bytes = [Convert]::FromBase64String($Challenge)
    $hash = [Security.Cryptography.HashAlgorithmName]::SHA256
    $rsa = [Security.Cryptography.X509Certificates.RSACertificateExtensions]::GetRSAPrivateKey($certificate)
    if ($null -ne $rsa) {
        $signature = $rsa.SignData($bytes, $hash, [Security.Cryptography.RSASignaturePadding]::Pkcs1)
        return @{ algorithm = 'RSA'; signature = [Convert]::ToBase64String($signature) }
    }
    $ecdsa = [Security.Cryptography.X509Certificates.ECDsaCertificateExtensions]::GetECDsaPrivateKey($certificate)
    if ($null -eq $ecdsa) { throw 'certificate has no private key that can be used' }
    @{ algorithm = 'ECDSA'; signature = [Convert]::ToBase64String($ecdsa.SignData($bytes, $hash)) }
}

function New-HostRequest {
    param([Parameter(Mandatory = $true)][string]$Inf)
    $folder = New-ClosedFolder
    try {
        $policy = Join-Path -Path $folder -ChildPath 'request.inf'
        $request = Join-Path -Path $folder -ChildPath 'request.csr'
        [IO.File]::WriteAllText($policy, $Inf, [Text.Encoding]::Unicode)
        $lines = @(& "$env:SystemRoot\System32\certreq.exe" -new -q -f -machine $policy $request)
        $exitCode = $LASTEXITCODE
        $text = ''
        if (Test-Path -LiteralPath $request) { $text = [IO.File]::ReadAllText($request) }
        @{ exitCode = $exitCode; request = $text; said = [string]($lines -join ' ') }
    }
    finally { Remove-Item -LiteralPath $folder -Recurse -Force }
}

function Install-HostCertificate {
    param([Parameter(Mandatory = $true)][string]$Certificate)
    $folder = New-ClosedFolder
    try {
        $file = Join-Path -Path $folder -ChildPath 'issued.cer'
        [IO.File]::WriteAllBytes($file, [Convert]::FromBase64String($Certificate))
        $lines = @(& "$env:SystemRoot\System32\certreq.exe" -accept -q -machine $file)
        @{ exitCode = $LASTEXITCODE; lines = @($lines) }
    }
    finally { Remove-Item -LiteralPath $folder -Recurse -Force }
}

# --- IIS ---

function Get-Sites {
    Import-Module -Name WebAdministration
    @{ sites = @(Get-ChildItem -LiteralPath 'IIS:\Sites' | ForEach-Object -Process {
                @{
                    id       = [int]$_.Id
                    name     = [string]$_.Name
                    state    = [string]$_.State
                    bindings = @($_.Bindings.Collection | ForEach-Object -Process {
                            @{
                                protocol           = [string]$_.protocol
                                bindingInformation = [string]$_.bindingInformation
                                sslFlags           = [int]$_.sslFlags
                                thumbprint         = [string]$_.certificateHash
                                store              = [string]$_.certificateStoreName
                            }
                        })
                }
            }) }
}

function Set-BindingCertificate {
    param(
        [Parameter(Mandatory = $true)][int]$SiteId,
        [Parameter(Mandatory = $true)][string]$BindingInformation,
        [Parameter(Mandatory = $true)][string]$Thumbprint,
        [Parameter(Mandatory = $true)][string]$Store
    )
    [void](Get-HttpsBinding -SiteId $SiteId -BindingInformation $BindingInformation).AddSslCertificate($Thumbprint, $Store)
    @{}
}

function Clear-BindingCertificate {
    param([Parameter(Mandatory = $true)][int]$SiteId, [Parameter(Mandatory = $true)][string]$BindingInformation)
    [void](Get-HttpsBinding -SiteId $SiteId -BindingInformation $BindingInformation).RemoveSslCertificate()
    @{}
}

function Set-BindingFlags {
    param([Parameter(Mandatory = $true)][string]$Site, [Parameter(Mandatory = $true)][string]$BindingInformation, [Parameter(Mandatory = $true)][int]$SslFlags)
    Import-Module -Name WebAdministration
    Set-WebBinding -Name $Site -BindingInformation $BindingInformation -PropertyName 'sslFlags' -Value $SslFlags
    @{}
}

function Add-HttpsBinding {
    param([Parameter(Mandatory = $true)][string]$Site, [Parameter(Mandatory = $true)][string]$BindingInformation, [Parameter(Mandatory = $true)][int]$SslFlags)
    Import-Module -Name WebAdministration
    $path = "IIS:\Sites\$Site"
    $binding = @{ protocol = 'https'; bindingInformation = $BindingInformation; sslFlags = $SslFlags }
    New-ItemProperty -LiteralPath $path -Name 'bindings' -Value $binding | Out-Null
    @{}
}

function Remove-HttpsBinding {
    param([Parameter(Mandatory = $true)][int]$SiteId, [Parameter(Mandatory = $true)][string]$BindingInformation)
    Get-HttpsBinding -SiteId $SiteId -BindingInformation $BindingInformation | Remove-WebBinding
    @{}
}

function Get-SitePaths {
    param([Parameter(Mandatory = $true)][string]$Site)
    Import-Module -Name WebAdministration
    @{
        applications = @(Get-WebApplication -Site $Site | ForEach-Object -Process { [string]$_.path })
        directories  = @(Get-WebVirtualDirectory -Site $Site | ForEach-Object -Process { [string]$_.path })
    }
}

function Get-RebindTask {
    $folder = '\Microsoft\Windows\CertificateServicesClient\'
    $tasks = @(Get-ScheduledTask -TaskPath $folder -ErrorAction SilentlyContinue | Where-Object -FilterScript { $_.TaskName -eq 'IIS-AutoCertRebind' })
    if ($tasks.Count -eq 0) { return @{ present = $false; state = '' } }
    @{ present = $true; state = [string]$tasks[0].State }
}

# --- http.sys ---

function Get-HttpSysTable {
    param([Parameter(Mandatory = $true)][bool]$Json)
    $arguments = @('http', 'show', 'sslcert')
    if ($Json) { $arguments += 'json=enable' }
    $lines = @(& "$env:SystemRoot\System32\netsh.exe" $arguments)
    @{ exitCode = $LASTEXITCODE; lines = @($lines) }
}

function Add-HttpSysEntry {
    param(
        [Parameter(Mandatory = $true)][string]$Key,
        [Parameter(Mandatory = $true)][string]$Thumbprint,
        [Parameter(Mandatory = $true)][string]$AppId,
        [Parameter(Mandatory = $true)][string]$Store
    )
    $lines = @(& "$env:SystemRoot\System32\netsh.exe" http add sslcert $Key "certhash=$Thumbprint" "appid=$AppId" "certstorename=$Store")
    @{ exitCode = $LASTEXITCODE; lines = @($lines) }
}

function Remove-HttpSysEntry {
    param([Parameter(Mandatory = $true)][string]$Key)
    $lines = @(& "$env:SystemRoot\System32\netsh.exe" http delete sslcert $Key)
    @{ exitCode = $LASTEXITCODE; lines = @($lines) }
}

# --- Whether TLS is required ---

function Get-SslFlags {
    param([Parameter(Mandatory = $true)][string]$Location)
    Import-Module -Name WebAdministration
    $found = Get-WebConfigurationProperty -PSPath 'MACHINE/WEBROOT/APPHOST' -Location $Location -Filter '/system.webServer/security/access' -Name 'sslFlags'
    if ($found -is [string]) { return @{ value = [string]$found; inherited = $false } }
    @{ value = [string]$found.Value; inherited = $true }
}

function Set-SslFlags {
    param([Parameter(Mandatory = $true)][string]$Location, [Parameter(Mandatory = $true)][string]$Value)
    Import-Module -Name WebAdministration
    Set-WebConfigurationProperty -PSPath 'MACHINE/WEBROOT/APPHOST' -Location $Location -Filter '/system.webServer/security/access' -Name 'sslFlags' -Value $Value
    @{}
}

function Clear-SslFlags {
    param([Parameter(Mandatory = $true)][string]$Location)
    Import-Module -Name WebAdministration
    Clear-WebConfiguration -PSPath 'MACHINE/WEBROOT/APPHOST' -Location $Location -Filter '/system.webServer/security/access'
    @{}
}

# --- Answers that an ACME CA looks for over HTTP, below the root folder of a site ---

# IIS serves no file that it has no type for; without the removal an entry at a higher level would make the whole file an error.
$ChallengeConfig = '<?xml version="1.0" encoding="utf-8"?><!-- Written by Certwright, and removed with the last answer. -->' +
'<configuration><system.webServer><staticContent><remove fileExtension="." /><mimeMap fileExtension="." mimeType="text/plain" />' +
'</staticContent></system.webServer></configuration>'

function Get-ChallengeFolder {
    param([Parameter(Mandatory = $true)][string]$WebRoot)
    [IO.Path]::Combine($WebRoot, '.well-known\acme-challenge')
}

# The root itself is never made: a folder that no site serves would help nobody.
function Set-ChallengeAnswer {
    param([Parameter(Mandatory = $true)][string]$WebRoot, [Parameter(Mandatory = $true)][string]$Token, [Parameter(Mandatory = $true)][string]$Authorization)
    [void](Get-Item -LiteralPath $WebRoot)
    $folder = Get-ChallengeFolder -WebRoot $WebRoot
    [void][IO.Directory]::CreateDirectory($folder)
    $config = [IO.Path]::Combine($folder, 'web.config')
    if (-not (Test-Path -LiteralPath $config)) { [IO.File]::WriteAllText($config, $ChallengeConfig, [Text.Encoding]::ASCII) }
    [IO.File]::WriteAllText([IO.Path]::Combine($folder, $Token), $Authorization, [Text.Encoding]::ASCII)
    @{}
}

function Remove-ChallengeAnswer {
    param([Parameter(Mandatory = $true)][string]$WebRoot, [Parameter(Mandatory = $true)][string]$Token)
    $folder = Get-ChallengeFolder -WebRoot $WebRoot
    if (-not (Test-Path -LiteralPath $folder)) { return @{} }
    $file = [IO.Path]::Combine($folder, $Token)
    if (Test-Path -LiteralPath $file) { Remove-Item -LiteralPath $file -Force }
    $left = @(Get-ChildItem -LiteralPath $folder)
    if ($left.Count -ne 1 -or $left[0].Name -ne 'web.config') { return @{} }
    if ([IO.File]::ReadAllText($left[0].FullName) -ceq $ChallengeConfig) { Remove-Item -LiteralPath $left[0].FullName -Force }
    @{}
}

function Get-ChallengeAnswers {
    param([Parameter(Mandatory = $true)][string]$WebRoot)
    [void](Get-Item -LiteralPath $WebRoot)
    $folder = Get-ChallengeFolder -WebRoot $WebRoot
    if (-not (Test-Path -LiteralPath $folder)) { return @{ now = (Get-UtcText -Time (Get-Date)); answers = @() } }
    @{
        now     = Get-UtcText -Time (Get-Date)
        answers = @(Get-ChildItem -LiteralPath $folder -File | Where-Object -FilterScript {
                $_.Name -cmatch '\A[A-Za-z0-9_-]{22,128}\z' -and $_.Length -le 200
            } | Select-Object -First 1000 | ForEach-Object -Process {
                @{ token = [string]$_.Name; writtenAt = (Get-UtcText -Time $_.LastWriteTimeUtc); authorization = [IO.File]::ReadAllText($_.FullName) }
            })
    }
}

# --- Application pools ---

function Get-Pool {
    param([Parameter(Mandatory = $true)][string]$Pool)
    Import-Module -Name WebAdministration
    $found = @(Get-ChildItem -LiteralPath 'IIS:\AppPools' | Where-Object -FilterScript { $_.Name -eq $Pool })
    if ($found.Count -eq 0) {
        return @{ present = $false; state = ''; queueLength = 0; idleMinutes = 0; pinging = $false; privateMemoryKib = 0; recycleMinutes = 0 }
    }
    @{
        present          = $true
        state            = [string]$found[0].state
        queueLength      = [int]$found[0].queueLength
        idleMinutes      = [int]$found[0].processModel.idleTimeout.TotalMinutes
        pinging          = [bool]$found[0].processModel.pingingEnabled
        privateMemoryKib = [long]$found[0].recycling.periodicRestart.privateMemory
        recycleMinutes   = [int]$found[0].recycling.periodicRestart.time.TotalMinutes
    }
}

function Set-Pool {
    param(
        [Parameter(Mandatory = $true)][string]$Pool,
        [Parameter(Mandatory = $true)][int]$QueueLength,
        [Parameter(Mandatory = $true)][int]$IdleMinutes,
        [Parameter(Mandatory = $true)][bool]$Pinging,
        [Parameter(Mandatory = $true)][long]$PrivateMemoryKib,
        [Parameter(Mandatory = $true)][int]$RecycleMinutes
    )
    Import-Module -Name WebAdministration
    $path = "IIS:\AppPools\$Pool"
    Set-ItemProperty -LiteralPath $path -Name 'queueLength' -Value $QueueLength
    Set-ItemProperty -LiteralPath $path -Name 'processModel.idleTimeout' -Value ([TimeSpan]::FromMinutes($IdleMinutes))
    Set-ItemProperty -LiteralPath $path -Name 'processModel.pingingEnabled' -Value $Pinging
    Set-ItemProperty -LiteralPath $path -Name 'recycling.periodicRestart.privateMemory' -Value $PrivateMemoryKib
    Set-ItemProperty -LiteralPath $path -Name 'recycling.periodicRestart.time' -Value ([TimeSpan]::FromMinutes($RecycleMinutes))
    @{}
}

function Restart-Pool {
    param([Parameter(Mandatory = $true)][string]$Pool)
    Import-Module -Name WebAdministration
    Restart-WebAppPool -Name $Pool
    @{}
}

# --- WSUS ---

function Get-WsusSetup {
    $path = 'HKLM:\SOFTWARE\Microsoft\Update Services\Server\Setup'
    if (-not (Test-Path -LiteralPath $path)) { return @{ values = @() } }
    $key = Get-Item -LiteralPath $path
    @{ values = @($key.GetValueNames() | ForEach-Object -Process {
                @{ name = [string]$_; kind = [string]$key.GetValueKind($_); text = [string]$key.GetValue($_) }
            }) }
}

function Set-WsusSetupValue {
    param([Parameter(Mandatory = $true)][string]$Name, [Parameter(Mandatory = $true)][string]$Kind, [Parameter(Mandatory = $true)][AllowEmptyString()][string]$Text)
    $path = 'HKLM:\SOFTWARE\Microsoft\Update Services\Server\Setup'
    New-ItemProperty -LiteralPath $path -Name $Name -PropertyType $Kind -Value $Text -Force | Out-Null
    @{}
}

function Remove-WsusSetupValue {
    param([Parameter(Mandatory = $true)][string]$Name)
    Remove-ItemProperty -LiteralPath 'HKLM:\SOFTWARE\Microsoft\Update Services\Server\Setup' -Name $Name
    @{}
}

function Invoke-ConfigureSsl {
    param([Parameter(Mandatory = $true)][string]$Name)
    $lines = @(& "$env:ProgramFiles\Update Services\Tools\WsusUtil.exe" configuressl $Name)
    @{ exitCode = $LASTEXITCODE; lines = @($lines) }
}

function Invoke-CheckHealth {
    $lines = @(& "$env:ProgramFiles\Update Services\Tools\WsusUtil.exe" checkhealth)
    @{ exitCode = $LASTEXITCODE; lines = @($lines) }
}

function ConvertTo-WsusAnswer {
    param([Parameter(Mandatory = $true)]$Server)
    @{ name = [string]$Server.Name; port = [int]$Server.PortNumber; secure = [bool]$Server.UseSecureConnection; version = [string]$Server.Version }
}

function Get-LocalWsus {
    ConvertTo-WsusAnswer -Server (Get-WsusServer)
}

function Get-WsusByName {
    param([Parameter(Mandatory = $true)][string]$Name, [Parameter(Mandatory = $true)][int]$Port)
    ConvertTo-WsusAnswer -Server (Get-WsusServer -Name $Name -PortNumber $Port -UseSsl)
}

function Get-Upstream {
    $configuration = (Get-WsusServer).GetConfiguration()
    @{
        fromMicrosoft = [bool]$configuration.SyncFromMicrosoftUpdate
        server        = [string]$configuration.UpstreamWsusServerName
        port          = [int]$configuration.UpstreamWsusServerPortNumber
        ssl           = [bool]$configuration.UpstreamWsusServerUseSsl
        replica       = [bool]$configuration.IsReplicaServer
    }
}

function Set-Upstream {
    param(
        [Parameter(Mandatory = $true)][string]$Server,
        [Parameter(Mandatory = $true)][int]$Port,
        [Parameter(Mandatory = $true)][bool]$Ssl,
        [Parameter(Mandatory = $true)][bool]$Replica
    )
    Set-WsusServerSynchronization -UssServerName $Server -PortNumber $Port -UseSsl:$Ssl -Replica:$Replica
    @{}
}

function Start-Synchronization {
    [void](Get-WsusServer).GetSubscription().StartSynchronization()
    @{}
}

function Get-Synchronization {
    $subscription = (Get-WsusServer).GetSubscription()
    $last = $subscription.GetLastSynchronizationInfo()
    @{
        running   = [string]$subscription.GetSynchronizationStatus() -ne 'NotProcessing'
        result    = [string]$last.Result
        error     = [string]$last.Error
        startedAt = Get-UtcText -Time ([datetime]::SpecifyKind($last.StartTime, 'Utc'))
    }
}

# --- What an endpoint shows, seen from here ---

function Get-PresentedCertificate {
    param([Parameter(Mandatory = $true)][string]$Address, [Parameter(Mandatory = $true)][int]$Port, [string]$ServerName = '')
    $client = New-Object -TypeName Net.Sockets.TcpClient
    $seen = @{ errors = '' }
    try {
        if (-not $client.ConnectAsync($Address, $Port).Wait(10000)) { throw 'no answer within 10 seconds' }
        $client.ReceiveTimeout = 10000
        $client.SendTimeout = 10000
        $look = { param($from, $certificate, $chain, $errors) $seen['errors'] = [string]$errors; $true } -as [Net.Security.RemoteCertificateValidationCallback]
        $connection = $client.GetStream()
        $stream = New-Object -TypeName Net.Security.SslStream -ArgumentList $connection, $false, $look
        # An address is never sent as a server name.
        if ($ServerName -eq '') { $ServerName = '0.0.0.0' }
        $stream.AuthenticateAsClient($ServerName, $null, [Security.Authentication.SslProtocols]::Tls12, $false)
        $shown = New-Object -TypeName Security.Cryptography.X509Certificates.X509Certificate2 -ArgumentList $stream.RemoteCertificate
        @{
            thumbprint  = [string]$shown.Thumbprint
            der         = [Convert]::ToBase64String($shown.RawData)
            protocol    = [string]$stream.SslProtocol
            trustErrors = [string]$seen['errors']
        }
    }
    finally { $client.Close() }
}

function Get-WebAnswer {
    param([Parameter(Mandatory = $true)][string]$Url)
    try {
        $answer = Invoke-WebRequest -Uri $Url -UseBasicParsing -TimeoutSec 30
        $text = [string]$answer.Content
        @{ status = [int]$answer.StatusCode; text = $text.Substring(0, [Math]::Min(2000, $text.Length)) }
    }
    catch [Net.WebException] {
        if ($null -eq $_.Exception.Response) { throw }
        @{ status = [int]$_.Exception.Response.StatusCode; text = [string]$_.Exception.Message }
    }
}

# --- Configuration Manager, on a site server ---

function Enter-Site {
    param([Parameter(Mandatory = $true)][string]$SiteCode)
    if (-not (Test-Path -LiteralPath 'Env:\SMS_ADMIN_UI_PATH')) { throw 'the Configuration Manager console is not installed here' }
    Import-Module -Name (Join-Path -Path $env:SMS_ADMIN_UI_PATH -ChildPath '..\ConfigurationManager.psd1')
    if (-not (Test-Path -LiteralPath "$($SiteCode):\")) {
        New-PSDrive -Name $SiteCode -PSProvider 'CMSite' -Root ([Environment]::MachineName) -Scope 'Global' | Out-Null
    }
    Set-Location -LiteralPath "$($SiteCode):\"
}

function Get-UpdatePoints {
    param([Parameter(Mandatory = $true)][string]$SiteCode)
    Enter-Site -SiteCode $SiteCode
    @{ points = @(Get-CMSoftwareUpdatePoint | ForEach-Object -Process {
                $ssl = @($_.Props | Where-Object -FilterScript { $_.PropertyName -eq 'SSLWSUS' } | ForEach-Object -Process { [int]$_.Value })
                @{ server = [string]$_.NetworkOSPath; ssl = [bool]($ssl -contains 1) }
            }) }
}

function Set-UpdatePointSsl {
    param([Parameter(Mandatory = $true)][string]$SiteCode, [Parameter(Mandatory = $true)][string]$Server, [Parameter(Mandatory = $true)][bool]$Ssl)
    Enter-Site -SiteCode $SiteCode
    Set-CMSoftwareUpdatePoint -SiteCode $SiteCode -SiteSystemServerName $Server -EnableSsl $Ssl
    @{}
}

function Start-FullSynchronization {
    param([Parameter(Mandatory = $true)][string]$SiteCode)
    Enter-Site -SiteCode $SiteCode
    Sync-CMSoftwareUpdate -FullSync $true
    @{}
}

# --- A CA of AD CS, through its own programs ---

# Whether a certificate was issued shows in the files, in any language.
function ConvertTo-CaAnswer {
    param([Parameter(Mandatory = $true)][int]$ExitCode, [Parameter(Mandatory = $true)][AllowEmptyCollection()][object[]]$Lines, [Parameter(Mandatory = $true)][string]$Folder)
    @{
        exitCode    = $ExitCode
        lines       = @($Lines)
        certificate = Get-FileBase64 -File (Join-Path -Path $Folder -ChildPath 'issued.cer')
        chain       = Get-FileBase64 -File (Join-Path -Path $Folder -ChildPath 'chain.p7b')
    }
}

# What cannot be removed now is removed as a leftover: an answer of the CA must not be lost for it.
function Submit-CaRequest {
    param([Parameter(Mandatory = $true)][string]$Config, [string]$Template = '', [Parameter(Mandatory = $true)][string]$Request)
    $folder = New-ClosedFolder
    try {
        $file = Join-Path -Path $folder -ChildPath 'request.csr'
        [IO.File]::WriteAllText($file, $Request, [Text.Encoding]::ASCII)
        $arguments = @('-submit', '-q', '-f', '-config', $Config)
        if ($Template -ne '') { $arguments += @('-attrib', "CertificateTemplate:$Template") }
        $arguments += @($file, (Join-Path -Path $folder -ChildPath 'issued.cer'), (Join-Path -Path $folder -ChildPath 'chain.p7b'))
        $lines = @(& "$env:SystemRoot\System32\certreq.exe" $arguments)
        ConvertTo-CaAnswer -ExitCode $LASTEXITCODE -Lines $lines -Folder $folder
    }
    finally { Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction SilentlyContinue }
}

function Receive-CaCertificate {
    param([Parameter(Mandatory = $true)][string]$Config, [Parameter(Mandatory = $true)][long]$RequestId)
    $folder = New-ClosedFolder
    try {
        $arguments = @('-retrieve', '-q', '-f', '-config', $Config, [string]$RequestId)
        $arguments += @((Join-Path -Path $folder -ChildPath 'issued.cer'), (Join-Path -Path $folder -ChildPath 'chain.p7b'))
        $lines = @(& "$env:SystemRoot\System32\certreq.exe" $arguments)
        ConvertTo-CaAnswer -ExitCode $LASTEXITCODE -Lines $lines -Folder $folder
    }
    finally { Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction SilentlyContinue }
}

function Get-CaPing {
    param([Parameter(Mandatory = $true)][string]$Config)
    $lines = @(& "$env:SystemRoot\System32\certutil.exe" -config $Config -ping)
    @{ exitCode = $LASTEXITCODE; lines = @($lines) }
}

function Get-CaTemplates {
    param([Parameter(Mandatory = $true)][string]$Config)
    $lines = @(& "$env:SystemRoot\System32\certutil.exe" -config $Config -CATemplates)
    @{ exitCode = $LASTEXITCODE; lines = @($lines) }
}

# --- As SYSTEM: a task that runs this script once, for what needs another machine ---

# The installed file, or a copy of what was sent along, up to its end.
function Get-ScriptFile {
    param([Parameter(Mandatory = $true)][string]$Folder)
    if ($InstalledAt -ne '') { return $InstalledAt }
    $copy = Join-Path -Path $Folder -ChildPath 'certwright.ps1'
    $text = [string]$Itself.ScriptBlock
    [IO.File]::WriteAllText($copy, $text.Substring(0, $text.LastIndexOf($EndMark, [StringComparison]::Ordinal)), [Text.Encoding]::ASCII)
    $copy
}

function Register-SystemTask {
    param([Parameter(Mandatory = $true)][string]$Name, [Parameter(Mandatory = $true)][string]$Folder, [Parameter(Mandatory = $true)][int]$Seconds)
    $program = "$env:SystemRoot\System32\WindowsPowerShell\v1.0\powershell.exe"
    $form = '-NoLogo -NoProfile -NonInteractive -ExecutionPolicy Bypass -File "{0}" -Folder "{1}"'
    $action = New-ScheduledTaskAction -Execute $program -Argument ($form -f (Get-ScriptFile -Folder $Folder), $Folder)
    $system = New-ScheduledTaskPrincipal -UserId 'S-1-5-18' -LogonType 'ServiceAccount' -RunLevel 'Highest'
    $limits = New-ScheduledTaskSettingsSet -ExecutionTimeLimit ([TimeSpan]::FromSeconds($Seconds)) -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries
    Register-ScheduledTask -TaskPath '\' -TaskName $Name -Action $action -Principal $system -Settings $limits | Out-Null
}

# Until the answer lies there, the task has ended without one, or the time is over. 0x41301: it runs, 0x41303: not yet, 0x41325: queued.
function Wait-SystemTask {
    param([Parameter(Mandatory = $true)][string]$Name, [Parameter(Mandatory = $true)][string]$Answer, [Parameter(Mandatory = $true)][int]$Seconds)
    $watch = [Diagnostics.Stopwatch]::StartNew()
    do {
        Start-Sleep -Milliseconds 500
        $result = [long](Get-ScheduledTaskInfo -TaskPath '\' -TaskName $Name).LastTaskResult
        $under = @(0x41301, 0x41303, 0x41325) -contains $result
    } while ($under -and -not (Test-Path -LiteralPath $Answer) -and $watch.Elapsed.TotalSeconds -lt $Seconds)
    $result
}

function Invoke-AsSystem {
    param([Parameter(Mandatory = $true)][string]$Request, [Parameter(Mandatory = $true)][int]$Seconds)
    $folder = New-ClosedFolder
    $name = [IO.Path]::GetFileName($folder)
    try {
        [IO.File]::WriteAllBytes((Join-Path -Path $folder -ChildPath 'request.json'), [Convert]::FromBase64String($Request))
        Register-SystemTask -Name $name -Folder $folder -Seconds $Seconds
        Start-ScheduledTask -TaskPath '\' -TaskName $name
        $answer = Join-Path -Path $folder -ChildPath 'answer.txt'
        $result = Wait-SystemTask -Name $name -Answer $answer -Seconds $Seconds
        @{ result = $result; answer = Get-FileBase64 -File $answer }
    }
    finally { [void](Remove-Leftover -Name $name) }
}

function Get-Leftovers {
    @{
        now     = Get-UtcText -Time (Get-Date)
        folders = @(Get-ChildItem -LiteralPath $env:ProgramData -Filter 'certwright-*' -Directory | ForEach-Object -Process {
                @{ name = [string]$_.Name; madeAt = (Get-UtcText -Time $_.CreationTimeUtc) }
            })
        tasks   = @(Get-ScheduledTask -TaskPath '\' -TaskName 'certwright-*' -ErrorAction SilentlyContinue | ForEach-Object -Process {
                [string]$_.TaskName
            })
    }
}

function Remove-Leftover {
    param([Parameter(Mandatory = $true)][string]$Name)
    if ($Name -cnotmatch '\Acertwright-[0-9a-f]{32}\z') { throw "not a leftover of this script: $Name" }
    Stop-ScheduledTask -TaskPath '\' -TaskName $Name -ErrorAction SilentlyContinue
    Unregister-ScheduledTask -TaskPath '\' -TaskName $Name -Confirm:$false -ErrorAction SilentlyContinue
    Remove-Item -LiteralPath (Join-Path -Path $env:ProgramData -ChildPath $Name) -Recurse -Force -ErrorAction SilentlyContinue
    @{}
}

# --- Requests and answers ---

function ConvertTo-AsciiJson {
    param([Parameter(Mandatory = $true)]$Value)
    $json = ConvertTo-Json -InputObject $Value -Depth 20 -Compress
    [regex]::Replace($json, '[^\x20-\x7e]', { param($match) '\u{0:x4}' -f [int][char]$match.Value })
}

function ConvertTo-CallError {
    param([Parameter(Mandatory = $true)]$Failure)
    $cause = $Failure.Exception
    while ($null -ne $cause.InnerException) { $cause = $cause.InnerException }
    $line = ''
    if ($null -ne $Failure.InvocationInfo) { $line = [string]$Failure.InvocationInfo.ScriptLineNumber }
    @{
        code    = '0x{0:X8}' -f $cause.HResult
        type    = [string]$cause.GetType().FullName
        id      = [string]$Failure.FullyQualifiedErrorId
        message = [string]$cause.Message
        at      = $line
    }
}

# Calls run in their order and stop at the first error; what is no request at all is answered with an error too.
function Get-AnswerText {
    param([Parameter(Mandatory = $true)][AllowEmptyString()][string]$Json)
    $answers = New-Object -TypeName Collections.ArrayList
    try {
        foreach ($call in @((ConvertFrom-Json -InputObject $Json).calls)) {
            if ($Calls -cnotcontains $call.call) { throw "not a call of this script: $($call.call)" }
            $with = @{}
            foreach ($parameter in $call.with.PSObject.Properties) { $with[$parameter.Name] = $parameter.Value }
            [void]$answers.Add(@{ value = @(& $call.call @with)[-1] })
        }
    }
    catch { [void]$answers.Add(@{ error = (ConvertTo-CallError -Failure $_) }) }
    '<<certwright' + (ConvertTo-AsciiJson -Value @{ version = $Version; answers = $answers }) + 'certwright>>'
}

function Invoke-Request {
    param([Parameter(Mandatory = $true)][AllowEmptyString()][string]$Json)
    [Console]::Out.WriteLine((Get-AnswerText -Json $Json))
}

# The answer gets its name when it is whole.
function Invoke-FolderRequest {
    param([Parameter(Mandatory = $true)][string]$Folder)
    $answer = Get-AnswerText -Json ([IO.File]::ReadAllText((Join-Path -Path $Folder -ChildPath 'request.json')))
    $part = Join-Path -Path $Folder -ChildPath 'answer.part'
    [IO.File]::WriteAllText($part, $answer, [Text.Encoding]::ASCII)
    [IO.File]::Move($part, (Join-Path -Path $Folder -ChildPath 'answer.txt'))
}

if ($FromInput) { Invoke-Request -Json ($input | Out-String) }
if ($Folder -ne '') { Invoke-FolderRequest -Folder $Folder }

# --- The end of the script; a request may follow ---
