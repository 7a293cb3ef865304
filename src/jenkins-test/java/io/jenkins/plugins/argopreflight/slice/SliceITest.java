package io.jenkins.plugins.argopreflight.slice;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds central/jenkins-api to genuine Jenkins: its sources, compiled alone, against the classes of this build. */
class SliceITest {

    private static final Path SOURCES = ProjectRoot.path().resolve("central/jenkins-api/src/main/java");

    /** Deprecated by Jenkins for an annotation of the Variant plugin, which nothing else here needs. */
    private static final String DEPRECATED = "hudson.Extension.optional";

    @TempDir
    Path compiled;

    private URLClassLoader loader;
    private List<Class<?>> slice;

    @BeforeEach
    void compile() throws Exception {
        URL jackson = JsonProcessingException.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> found = Files.walk(SOURCES)) {
            List<Path> sources =
                    found.filter(file -> file.toString().endsWith(".java")).toList();
            String libraries = Path.of(jackson.toURI()).toString();
            List<String> alone = List.of("-proc:none", "-nowarn", "-d", compiled.toString(), "-cp", libraries);
            assertThat(compiler.getTask(null, files, null, alone, null, files.getJavaFileObjectsFromPaths(sources))
                            .call())
                    .isTrue();
        }
        loader =
                new URLClassLoader(new URL[] {compiled.toUri().toURL(), jackson}, ClassLoader.getPlatformClassLoader());
        try (Stream<Path> classes = Files.walk(compiled)) {
            slice = classes.map(file -> compiled.relativize(file).toString())
                    .filter(name -> name.endsWith(".class"))
                    .sorted()
                    .<Class<?>>map(name ->
                            load(name.substring(0, name.length() - 6).replace('/', '.'), loader))
                    .toList();
        }
        assertThat(slice).hasSizeGreaterThan(50);
    }

    @AfterEach
    void close() throws IOException {
        loader.close();
    }

    @Test
    void shouldDeclareTypesAsJenkinsDoes() {
        List<String> different = new ArrayList<>();
        for (Class<?> type : slice) {
            Class<?> genuine = genuine(type);
            note(different, type, type.toGenericString(), List.of(genuine.toGenericString()));
            note(different, type, meta(type).toString(), List.of(meta(genuine).toString()));
            supertypes(type).forEach(above -> note(different, type, above, supertypes(genuine)));
        }
        assertThat(different).isEmpty();
    }

    @Test
    void shouldDeclareMembersAsJenkinsDoes() {
        List<String> different = new ArrayList<>();
        int compared = 0;
        for (Class<?> type : slice) {
            Set<String> genuine =
                    members(genuine(type)).map(SliceITest::described).collect(toCollection(TreeSet::new));
            List<String> held = members(type)
                    .filter(member -> !isImplied(member) && !DEPRECATED.equals(type.getName() + "." + member.getName()))
                    .map(SliceITest::described)
                    .toList();
            held.forEach(member -> note(different, type, member, genuine));
            compared += held.size();
        }
        assertThat(different).isEmpty();
        assertThat(compared).isGreaterThan(100);
        System.out.println(compared + " members of " + slice.size() + " types are as in genuine Jenkins");
    }

    private static void note(List<String> different, Class<?> type, String held, Collection<String> genuine) {
        if (!genuine.contains(held)) {
            different.add(type.getName() + ": " + held + " is not among " + genuine);
        }
    }

    private static Class<?> genuine(Class<?> type) {
        return load(type.getName(), SliceITest.class.getClassLoader());
    }

    private static Class<?> load(String name, ClassLoader loader) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name + " is not in genuine Jenkins", e);
        }
    }

    private static Set<String> supertypes(Class<?> type) {
        return Stream.concat(Stream.ofNullable(type.getGenericSuperclass()), Arrays.stream(type.getGenericInterfaces()))
                .map(Type::getTypeName)
                .filter(name -> !name.equals(Object.class.getName()))
                .collect(toCollection(TreeSet::new));
    }

    /** Returns the targets and the retention of an annotation, and whether an element is deprecated. */
    private static Set<String> meta(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations())
                .map(Object::toString)
                .filter(text -> text.startsWith("@java.lang.annotation.Retention")
                        || text.startsWith("@java.lang.annotation.Target")
                        || text.startsWith("@java.lang.Deprecated"))
                .collect(toCollection(TreeSet::new));
    }

    private static Stream<Member> members(Class<?> type) {
        return Stream.of(type.getDeclaredFields(), type.getDeclaredConstructors(), type.getDeclaredMethods())
                .flatMap(Arrays::<Member>stream)
                .filter(member -> !member.isSynthetic());
    }

    /** Modifiers, generic types, exceptions and what is deprecated. */
    private static String described(Member member) {
        String text = member instanceof java.lang.reflect.Field field
                ? field.toGenericString()
                : ((java.lang.reflect.Executable) member).toGenericString();
        return text + " " + meta((AnnotatedElement) member);
    }

    /** A constructor without parameters, which javac adds where none is written, and what no one else can call. */
    private static boolean isImplied(Member member) {
        return member instanceof Constructor<?> constructor && constructor.getParameterCount() == 0
                || Modifier.isPrivate(member.getModifiers());
    }
}
