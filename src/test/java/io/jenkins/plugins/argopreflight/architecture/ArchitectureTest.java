package io.jenkins.plugins.argopreflight.architecture;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.jenkins.plugins.argopreflight.architecture.lower.Lower;
import io.jenkins.plugins.argopreflight.architecture.upper.Upper;
import io.jenkins.plugins.argopreflight.testing.Architecture;
import io.jenkins.plugins.argopreflight.testing.PathRule;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchitectureTest {

    private static final String UPPER = "[upper] <<..architecture.upper..>>\n";
    private static final String LOWER = "[lower] <<..architecture.lower..>>\n";
    private static final JavaClasses TWO_LAYERS = new ClassFileImporter().importClasses(Upper.class, Lower.class);

    @TempDir
    private Path folder;

    private Architecture drawn(String content) throws IOException {
        Path drawing = folder.resolve("drawing.puml");
        return Architecture.drawnIn(Files.writeString(drawing, "@startuml\n" + content + "@enduml\n"));
    }

    @Test
    void shouldFindEveryClassWhereTheDrawingHasIt() {
        Architecture.ofTheProject().check(Architecture.classesIn("io.jenkins.plugins.argopreflight"));
    }

    @Test
    void shouldMakePathsOfNamesInOnePlaceOnly() {
        PathRule.check(Architecture.classesIn("io.jenkins.plugins.argopreflight"));
    }

    @Test
    void shouldRefuseAPathOfAName() {
        JavaClasses writer = new ClassFileImporter().importClasses(Writer.class);
        assertThatThrownBy(() -> PathRule.check(writer))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Writer.method(")
                .hasMessageContaining("Writer.reference(")
                .hasMessageContaining("Writer.file(");
    }

    /** Makes paths of names in three ways. */
    private static final class Writer {

        static Path method(Path folder, String name) {
            return folder.resolve(name);
        }

        static Function<String, Path> reference(Path folder) {
            return folder::resolve;
        }

        static File file(File folder, String name) {
            return new File(folder, name);
        }
    }

    @Test
    void shouldAllowWhatAnArrowAllows() throws IOException {
        drawn(UPPER + LOWER + "upper --> lower\n").check(TWO_LAYERS);
    }

    @Test
    void shouldRefuseUseWithoutAnArrow() throws IOException {
        Architecture missing = drawn(UPPER + LOWER);
        assertThatThrownBy(() -> missing.check(TWO_LAYERS))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Upper.below()")
                .hasMessageContaining("Lower");
    }

    @Test
    void shouldRefuseAClassInNoBoxAndInTwo() throws IOException {
        Architecture noBox = drawn(LOWER);
        assertThatThrownBy(() -> noBox.check(TWO_LAYERS)).hasMessageContaining("Upper is in 0 boxes");
        Architecture two = drawn(UPPER + LOWER + "[architecture] <<..architecture..>>\nupper --> lower\n");
        assertThatThrownBy(() -> two.check(TWO_LAYERS))
                .hasMessageContaining("Upper is in 2 boxes [upper, architecture]");
    }

    @Test
    void shouldRefuseAnArrowThatGoesUpOrNowhere() throws IOException {
        Architecture up = drawn(UPPER + LOWER + "upper --> lower\nlower --> upper\n");
        assertThatThrownBy(() -> up.check(TWO_LAYERS)).hasMessageContaining("lower --> upper does not lead");
        Architecture nowhere = drawn(UPPER + LOWER + "upper --> lower\nupper --> garden\n");
        assertThatThrownBy(() -> nowhere.check(TWO_LAYERS)).hasMessageContaining("upper --> garden does not lead");
    }

    @Test
    void shouldRefuseALineThatItCannotRead() throws IOException {
        Architecture unreadable = drawn(UPPER + LOWER + "upper ---> lower\n");
        assertThatThrownBy(() -> unreadable.check(TWO_LAYERS)).hasMessageContaining("is neither a box nor an arrow");
    }
}
