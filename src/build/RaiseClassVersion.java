import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Copies a jar whose classes are of Java 5 and writes them in the format of Java 8, run by the build for the library that reads the
 * command line: Java's class archive takes no class older than Java 6, and its 166 classes are a third of a cold start.
 */
final class RaiseClassVersion {
    /** Takes the jar and the file to be written. */
    public static void main(String[] arguments) throws IOException {
        File jar = new File(arguments[0]);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toURI().toURL()});
                ZipInputStream in = new ZipInputStream(new FileInputStream(jar));
                ZipOutputStream out = new ZipOutputStream(new FileOutputStream(arguments[1]))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readAllBytes();
                boolean isClass = entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class");
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                out.write(isClass ? raise(content, loader) : content);
                out.closeEntry();
            }
        }
    }

    private static byte[] raise(byte[] type, ClassLoader loader) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected ClassLoader getClassLoader() {
                return loader;
            }
        };
        ClassVisitor raising = new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public void visit(
                    int version, int access, String name, String signature, String parent, String[] interfaces) {
                super.visit(Math.max(version, Opcodes.V1_8), access, name, signature, parent, interfaces);
            }
        };
        new ClassReader(type).accept(raising, ClassReader.SKIP_FRAMES);
        return writer.toByteArray();
    }
}
