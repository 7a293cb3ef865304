package io.jenkins.plugins.argopreflight.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jelly prints nothing in place of a member that does not exist: holds each page to the members of its types. */
class PageMembersTest {

    private static final Path PAGES = ProjectRoot.path()
            .resolve("src/main/resources/"
                    + PageMembersTest.class.getPackageName().replace('.', '/'));

    private static final Pattern VARIABLE =
            Pattern.compile("<j:(?:set|forEach) var=\"(?<name>\\w+)\" (?:value|items)=\"\\$\\{(?<path>[^}]+)}\"");
    private static final Pattern CALL =
            Pattern.compile("\\b(?<name>[a-z]\\w*)(?<members>(?:\\.\\w+\\((?:[^()]|\\([^()]*\\))*\\))+)");
    private static final Pattern MEMBER = Pattern.compile("\\.(\\w+)\\((?:[^()]|\\([^()]*\\))*\\)");

    @ParameterizedTest
    @ValueSource(classes = {PreflightReportAction.class, SecretsAction.class, TrendAction.class, WorkflowsAction.class})
    void shouldShowOnlyMembersThatExist(Class<?> action) throws IOException {
        List<String> pages = pages(action);
        Map<String, Type> included = new HashMap<>(Map.of("it", action, "from", action));
        // Twice, as a page can come before the one that includes it.
        pages.forEach(page -> bind(page, included));
        pages.forEach(page -> bind(page, included));

        List<String> missing = new ArrayList<>();
        int checked = 0;
        for (String page : pages) {
            for (Matcher call = CALL.matcher(page); call.find(); ) {
                Map<String, Type> types = new HashMap<>(included);
                bind(page.substring(0, call.start()), types);
                Type type = types.get(call.group("name"));
                if (type != null) {
                    checked++;
                    resolve(type, call.group("members")).or(() -> {
                        missing.add(call.group());
                        return Optional.empty();
                    });
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(checked).isGreaterThan(5);
    }

    private static List<String> pages(Class<?> action) throws IOException {
        List<String> pages = new ArrayList<>();
        try (Stream<Path> files = Files.list(PAGES.resolve(action.getSimpleName()))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".jelly"))
                    .sorted()
                    .toList()) {
                pages.add(Files.readString(file));
            }
        }
        return pages;
    }

    /** Adds the types of a page's variables, and of the elements of its lists. */
    private static void bind(String page, Map<String, Type> types) {
        for (Matcher variable = VARIABLE.matcher(page); variable.find(); ) {
            Matcher call = CALL.matcher(variable.group("path"));
            if (call.matches() && types.containsKey(call.group("name"))) {
                resolve(types.get(call.group("name")), call.group("members"))
                        .ifPresent(type -> types.put(variable.group("name"), element(type)));
            }
        }
    }

    private static Type element(Type type) {
        return type instanceof ParameterizedType list ? list.getActualTypeArguments()[0] : type;
    }

    private static Optional<Type> resolve(Type type, String members) {
        Optional<Type> result = Optional.of(type);
        for (Matcher member = MEMBER.matcher(members); member.find(); ) {
            String name = member.group(1);
            result = result.flatMap(each -> member(each, name));
        }
        return result;
    }

    private static Optional<Type> member(Type type, String name) {
        Class<?> raw = (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
        return Arrays.stream(raw.getMethods())
                .filter(method -> method.getName().equals(name))
                .map(Method::getGenericReturnType)
                .findFirst();
    }
}
