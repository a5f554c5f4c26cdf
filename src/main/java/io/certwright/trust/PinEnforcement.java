package io.certwright.trust;

import java.util.List;

/**
 * The policy by which clients compare pins or leave it for a while. It comes by Group Policy or a management tool and so does
 * not depend on the update server that pinned clients may have lost.
 */
public final class PinEnforcement {
    /** Below {@code HKEY_LOCAL_MACHINE}. */
    public static final String KEY = "SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate";

    /** A DWORD: 1 lets clients go on without comparing pins; 0, or nothing, makes them compare where they have one. */
    public static final String VALUE = "DoNotEnforceEnterpriseTLSCertPinningForUpdateDetection";

    private static final String CSP = "./Device/Vendor/MSFT/Policy/Config/Update/" + VALUE;

    private PinEnforcement() {}

    /** The setting in one line. */
    public static String setting() {
        return "HKLM\\" + KEY + "\\" + VALUE + " = 1 (DWORD)";
    }

    /** For a new Group Policy object's PowerShell, for one machine, for Intune; each a line to copy. */
    public static List<String> release(String policyName) {
        return List.of(
                "Set-GPRegistryValue -Name '" + policyName + "' -Key 'HKLM\\" + KEY + "' -ValueName " + VALUE
                        + " -Type DWord -Value 1",
                onOneMachine(1),
                "Intune, custom OMA-URI " + CSP + ", integer 1");
    }

    /** How to end it, once every client has the pins. */
    public static List<String> end(String policyName) {
        return List.of(
                "Remove-GPRegistryValue -Name '" + policyName + "' -Key 'HKLM\\" + KEY + "' -ValueName " + VALUE,
                onOneMachine(0));
    }

    private static String onOneMachine(int value) {
        return "reg add \"HKLM\\" + KEY + "\" /v " + VALUE + " /t REG_DWORD /d " + value + " /f";
    }
}
