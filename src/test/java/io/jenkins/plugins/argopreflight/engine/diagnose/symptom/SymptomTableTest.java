package io.jenkins.plugins.argopreflight.engine.diagnose.symptom;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.Check;
import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SymptomTableTest {

    private static final List<Entry> ENTRIES = SymptomTable.get().topics().stream()
            .flatMap(topic -> topic.entries().stream())
            .toList();

    @Test
    void shouldNameEachEntryOnce() {
        assertThat(ENTRIES.stream().map(Entry::id)).doesNotHaveDuplicates().hasSizeGreaterThan(80);
    }

    @Test
    void shouldReferToChecksThatExist() {
        Set<String> ids =
                Checks.all().stream().map(Check::info).map(info -> info.id()).collect(Collectors.toSet());
        assertThat(ENTRIES.stream().flatMap(entry -> entry.checks().stream()).distinct())
                .allSatisfy(id -> assertThat(ids).contains(id.replaceFirst("/.*", "")));
    }

    @Test
    void shouldExplainEveryEntryToAReader() {
        assertThat(ENTRIES)
                .filteredOn(entry -> !entry.id().equals("unrecognised"))
                .allSatisfy(entry -> {
                    assertThat(entry.title().length()).as(entry.title()).isLessThanOrEqualTo(110);
                    assertThat(entry.detail().split("[.!?] "))
                            .as(entry.detail())
                            .hasSizeLessThanOrEqualTo(3);
                    assertThat(entry.fixes()).as(entry.id()).isNotEmpty();
                    assertThat(entry.page().causes()).as(entry.id()).isNotEmpty();
                    assertThat(entry.page().distinguish()).as(entry.id()).isNotEmpty();
                    assertThat(entry.page().sources()).as(entry.id()).isNotEmpty();
                    assertThat(entry.subject()).as(entry.id()).containsKey("kind");
                    assertThat(entry.messages().isEmpty())
                            .as(entry.id())
                            .isEqualTo(entry.places().equals(Set.of(TextOrigin.STATE)));
                });
    }
}
