package io.jenkins.plugins.argopreflight.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.kohsuke.stapler.verb.POST;

/** The contract of all forms and steps of the adapter. */
class StepContractTest {

    private static final JavaClasses ADAPTER = new ClassFileImporter().importPath(Path.of("target/classes"));
    private static final Path DOCS = ProjectRoot.path().resolve("docs/steps.md");

    static List<Form> forms() {
        return Form.all();
    }

    static Stream<JavaMethod> webMethods() {
        return ADAPTER.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getName().matches("do[A-Z].*"));
    }

    @Test
    void shouldFindFormsAndWebMethods() {
        assertThat(forms()).extracting(Form::toString).contains("RegistrySecretStep", "ClusterConfiguration");
        assertThat(webMethods()).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void shouldHaveAGetterHelpAndAnEntryForEachParameter(Form form) {
        String jelly = form.jelly();
        assertThat(form.parameters().keySet()).isNotEmpty().allSatisfy(field -> {
            assertThat(form.hasGetter(field)).as("getter of " + field).isTrue();
            boolean nested = jelly.contains("<f:property field=\"" + field + "\"");
            assertThat(nested || form.file("help-" + field + ".html").isPresent())
                    .as("help-" + field + ".html")
                    .isTrue();
            assertThat(jelly).as("form entry").contains("field=\"" + field + "\"");
        });
    }

    @ParameterizedTest
    @MethodSource("forms")
    void shouldLetEachEntryOfAListBeTakenAway(Form form) {
        Arrays.stream(form.jelly().split("(?=<f:repeatableProperty )"))
                .skip(1)
                .forEach(list -> assertThat(list)
                        .containsPattern("^<f:repeatableProperty [^/>]*>\\s*<f:repeatableDeleteButton />"));
    }

    @ParameterizedTest
    @MethodSource("webMethods")
    void shouldTakePostsOnlyAndLookWhoAsks(JavaMethod method) {
        assertThat(method.isAnnotatedWith(POST.class)).as("@POST").isTrue();
        assertThat(reached(method))
                .anyMatch(called -> called.endsWith(".checkPermission") || called.endsWith(".hasPermission"));
    }

    /** The methods that it calls, and what those of the adapter call. */
    private static Set<String> reached(JavaMethod method) {
        Set<String> names = new HashSet<>();
        Deque<JavaCodeUnit> open = new ArrayDeque<>(List.of(method));
        Set<JavaCodeUnit> seen = new HashSet<>();
        while (!open.isEmpty()) {
            JavaCodeUnit unit = open.pop();
            if (seen.add(unit)) {
                unit.getMethodCallsFromSelf().forEach(call -> {
                    names.add(call.getTargetOwner().getName() + "."
                            + call.getTarget().getName());
                    call.getTarget()
                            .resolveMember()
                            .filter(m -> ADAPTER.contain(m.getOwner().getName()))
                            .ifPresent(open::add);
                });
            }
        }
        return names;
    }

    @Test
    void shouldDescribeTheStepsInTheDocs() throws IOException {
        String wanted = StepDocs.markdown(forms().stream()
                .filter(form -> Step.class.isAssignableFrom(form.type()))
                .toList());
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(DOCS, wanted);
        }
        assertThat(Files.readString(DOCS))
                .as("docs/steps.md: run the tests with -Ddocs.write=true and commit it")
                .isEqualTo(wanted);
    }
}
