package io.jenkins.plugins.argopreflight.house;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.jenkins.plugins.argopreflight.house.attic.Attic;
import io.jenkins.plugins.argopreflight.house.cellar.Cellar;
import io.jenkins.plugins.argopreflight.testing.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchitectureTest {

    private static final String ATTIC = "[attic] <<..house.attic..>>\n";
    private static final String CELLAR = "[cellar] <<..house.cellar..>>\n";
    private static final JavaClasses TWO_ROOMS = new ClassFileImporter().importClasses(Attic.class, Cellar.class);

    @TempDir
    private Path folder;

    private Architecture drawn(String content) throws IOException {
        Path drawing = folder.resolve("drawing.puml");
        return Architecture.drawnIn(Files.writeString(drawing, "@startuml\n" + content + "@enduml\n"));
    }

    @Test
    void shouldFindEveryClassWhereTheDrawingHasIt() {
        Architecture.ofTheHouse().check(Architecture.classesIn("io.jenkins.plugins.argopreflight"));
    }

    @Test
    void shouldAllowWhatAnArrowAllows() throws IOException {
        drawn(ATTIC + CELLAR + "attic --> cellar\n").check(TWO_ROOMS);
    }

    @Test
    void shouldRefuseUseWithoutAnArrow() throws IOException {
        Architecture missing = drawn(ATTIC + CELLAR);
        assertThatThrownBy(() -> missing.check(TWO_ROOMS))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Attic.below()")
                .hasMessageContaining("Cellar");
    }

    @Test
    void shouldRefuseAClassInNoBoxAndInTwo() throws IOException {
        Architecture noBox = drawn(CELLAR);
        assertThatThrownBy(() -> noBox.check(TWO_ROOMS)).hasMessageContaining("Attic is in 0 boxes");
        Architecture two = drawn(ATTIC + CELLAR + "[house] <<..house..>>\nattic --> cellar\n");
        assertThatThrownBy(() -> two.check(TWO_ROOMS)).hasMessageContaining("Attic is in 2 boxes [attic, house]");
    }

    @Test
    void shouldRefuseAnArrowThatGoesUpOrNowhere() throws IOException {
        Architecture up = drawn(ATTIC + CELLAR + "attic --> cellar\ncellar --> attic\n");
        assertThatThrownBy(() -> up.check(TWO_ROOMS)).hasMessageContaining("cellar --> attic does not lead");
        Architecture nowhere = drawn(ATTIC + CELLAR + "attic --> cellar\nattic --> garden\n");
        assertThatThrownBy(() -> nowhere.check(TWO_ROOMS)).hasMessageContaining("attic --> garden does not lead");
    }

    @Test
    void shouldRefuseALineThatItCannotRead() throws IOException {
        Architecture unreadable = drawn(ATTIC + CELLAR + "attic ---> cellar\n");
        assertThatThrownBy(() -> unreadable.check(TWO_ROOMS)).hasMessageContaining("is neither a box nor an arrow");
    }
}
