package io.jenkins.plugins.argopreflight.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.jenkins.plugins.argopreflight.testing.Architecture;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The promises of SECURITY.md that no other test shows, its settings and its files. */
class SecurityPageTest {

    private static final Path ROOT = ProjectRoot.path();
    private static final Pattern SETTING = Pattern.compile("`([a-z]+[A-Z]\\w+)`");
    private static final Pattern LINK = Pattern.compile("]\\((?!https:)([^)#]+)");
    private static final List<String> NO_SETTINGS =
            List.of("withArgoRegistrySecret", "withCredentials", "withKubeConfig");

    private static String page() throws IOException {
        return Files.readString(ROOT.resolve("SECURITY.md"));
    }

    @Test
    void shouldNameSettingsThatHaveAHelpText() throws IOException {
        List<String> helped;
        try (Stream<Path> files = Files.walk(ROOT.resolve("src/main/resources"))) {
            helped = files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith("help-"))
                    .map(name -> name.replaceAll("help-|\\.html", ""))
                    .toList();
        }

        List<String> named = SETTING.matcher(page())
                .results()
                .map(found -> found.group(1))
                .filter(name -> !NO_SETTINGS.contains(name))
                .distinct()
                .toList();

        assertThat(named)
                .contains("publishDetails", "tokenServiceAccount", "allowedNamespaces", "ownCluster")
                .isSubsetOf(helped);
    }

    /** The login of a block is not the cluster's, and ends with the block; everything else that is sent is text of a step. */
    @Test
    void shouldSendNoCredentialToAnAgent() {
        List<JavaClass> sent = Architecture.classesIn("io.jenkins.plugins.argopreflight").stream()
                .filter(each -> each.isAssignableTo("jenkins.agents.ControllerToAgentFileCallable"))
                .filter(each -> !each.getSimpleName().equals("LoginFiles"))
                .toList();

        assertThat(sent).isNotEmpty().allSatisfy(each -> {
            assertThat(each.getDirectDependenciesFromSelf())
                    .extracting(dependency -> dependency.getTargetClass().getPackageName())
                    .noneMatch(name -> name.endsWith(".engine.util.secret") || name.contains("credentials"));
            assertThat(each.getFields())
                    .allMatch(field -> field.getRawType().isPrimitive()
                            || field.getModifiers().contains(JavaModifier.STATIC)
                            || field.getRawType().isEquivalentTo(String.class));
        });
    }

    @Test
    void shouldLinkFilesThatExistAndHowToReport() throws IOException {
        assertThat(LINK.matcher(page()).results().map(found -> found.group(1)))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(ROOT.resolve(file)).exists());
        assertThat(page()).contains("https://www.jenkins.io/security/reporting/");
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains("](SECURITY.md)");
    }
}
