package io.certwright.windows.simulated;

import io.certwright.windows.CallError;

/** An error as Windows or PowerShell would throw it within a call. */
final class WindowsError extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient CallError error;

    private WindowsError(String code, String type, String id, String message) {
        super(message);
        this.error = new CallError(code, type, id, message, "1");
    }

    CallError error() {
        return error;
    }

    static WindowsError thrown(String message) {
        return new WindowsError("0x80131501", "System.Management.Automation.RuntimeException", message, message);
    }

    static WindowsError accessDenied() {
        return new WindowsError(
                "0x80070005",
                "System.UnauthorizedAccessException",
                "System.UnauthorizedAccessException",
                "Access is denied. (Exception from HRESULT: 0x80070005 (E_ACCESSDENIED))");
    }

    static WindowsError notFound(String what) {
        return new WindowsError(
                "0x80131501",
                "System.Management.Automation.ItemNotFoundException",
                "PathNotFound,Microsoft.PowerShell.Commands.GetItemCommand",
                "Cannot find path '" + what + "' because it does not exist.");
    }

    static WindowsError noLogonSession() {
        return new WindowsError(
                "0x80070520",
                "System.Runtime.InteropServices.COMException",
                "System.Runtime.InteropServices.COMException",
                "A specified logon session does not exist. It may already have been terminated. (Exception from HRESULT: 0x80070520)");
    }

    static WindowsError sectionLocked() {
        return new WindowsError(
                "0x80070021",
                "System.IO.FileLoadException",
                "System.IO.FileLoadException,Microsoft.IIs.PowerShell.Provider.SetConfigurationPropertyCommand",
                "This configuration section cannot be used at this path. This happens when the section is locked at a parent level.");
    }

    static WindowsError noModule(String module) {
        return new WindowsError(
                "0x80070002",
                "System.IO.FileNotFoundException",
                "Modules_ModuleNotFound,Microsoft.PowerShell.Commands.ImportModuleCommand",
                "The specified module '" + module
                        + "' was not loaded because no valid module file was found in any module directory.");
    }

    static WindowsError noCommand(String command) {
        return new WindowsError(
                "0x80131501",
                "System.Management.Automation.CommandNotFoundException",
                "CommandNotFoundException",
                "The term '" + command
                        + "' is not recognized as the name of a cmdlet, function, script file, or operable program.");
    }

    static WindowsError noClassFactory() {
        return new WindowsError(
                "0x80040154",
                "System.Runtime.InteropServices.COMException",
                "System.Runtime.InteropServices.COMException",
                "Retrieving the COM class factory for component failed due to the following error: 80040154 Class not registered.");
    }

    static WindowsError refusedConnection() {
        return new WindowsError(
                "0x80004005",
                "System.Net.Sockets.SocketException",
                "SocketException",
                "No connection could be made because the target machine actively refused it");
    }

    static WindowsError closedByRemote() {
        return new WindowsError(
                "0x80131620",
                "System.IO.IOException",
                "IOException",
                "Authentication failed because the remote party has closed the transport stream.");
    }

    static WindowsError noSuchName(String name) {
        return new WindowsError(
                "0x80131509",
                "System.Net.WebException",
                "WebException",
                "The remote name could not be resolved: '" + name + "'");
    }

    static WindowsError notTrusted() {
        return new WindowsError(
                "0x80131501",
                "System.Security.Authentication.AuthenticationException",
                "WebException",
                "The remote certificate is invalid according to the validation procedure.");
    }

    static WindowsError badPassword() {
        return new WindowsError(
                "0x80070056",
                "System.ComponentModel.Win32Exception",
                "System.ComponentModel.Win32Exception,Microsoft.CertificateServices.Commands.ImportPfxCertificate",
                "The PFX file you are trying to import requires either a different password or membership in an Active Directory principal to which it is protected.");
    }
}
