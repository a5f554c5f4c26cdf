package io.certwright.trust.windows;

import io.certwright.trust.TrustBundle;
import java.util.ArrayList;
import java.util.List;

/** Everything that stands in the package of a bundle: each form's files, the README over them, the manifest over all. */
final class TrustPackage {
    static final String MANIFEST = "manifest.json";

    private static final List<PackageForm> FORMS = List.of(
            new CertificateFileForm(),
            new Pkcs7Form(),
            new SerializedStoreForm(),
            new RegistryForm(),
            new PreferencesForm(),
            new PolicyForm(),
            new ScriptForm());

    private TrustPackage() {}

    /** The manifest is the last file. */
    static List<PackageFile> filesOf(TrustBundle bundle) {
        List<PackageFile> files = new ArrayList<>();
        FORMS.forEach(form -> files.addAll(form.files(bundle)));
        files.add(Readme.of(bundle, files));
        files.add(Manifest.of(bundle, files));
        return List.copyOf(files);
    }
}
