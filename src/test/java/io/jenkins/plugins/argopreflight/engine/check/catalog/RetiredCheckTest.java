package io.jenkins.plugins.argopreflight.engine.check.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.preflight.Preflight;
import io.jenkins.plugins.argopreflight.engine.preflight.Suppression;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetiredCheckTest {

    private static final Pattern ID = Pattern.compile("\\b[a-z]+-[a-z0-9-]+\\b");

    private final List<String> ids =
            Preflight.checks().stream().map(CheckInfo::id).toList();

    static List<RetiredCheck> all() {
        return RetiredCheck.all();
    }

    @Test
    void shouldListEachRemovedCheckOnce() {
        assertThat(all()).extracting(RetiredCheck::id).doesNotHaveDuplicates().doesNotContainAnyElementsOf(ids);
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldHaveNoPage(RetiredCheck retired) {
        assertThat(CheckInfo.class.getResource("pages/" + retired.id() + ".md")).isNull();
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldNameOnlyChecksThatExist(RetiredCheck retired) {
        assertThat(ID.matcher(retired.fate()).results().map(found -> found.group()))
                .filteredOn(word -> !word.equals("read-only"))
                .isSubsetOf(ids);
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldBeAcceptedInASuppressionWithAWarning(RetiredCheck retired) {
        assertThat(Suppression.problem(retired.id())).isEmpty();
        assertThat(Suppression.warning(retired.id())).contains(retired.message());
    }
}
