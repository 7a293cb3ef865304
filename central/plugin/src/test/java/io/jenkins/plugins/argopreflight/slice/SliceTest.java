package io.jenkins.plugins.argopreflight.slice;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds central/jenkins-api to what the adapter really uses, so that the slice cannot grow a life of its own, and this
 * module to the adapter.
 */
class SliceTest {

    private final JavaClasses slice = new ClassFileImporter().importPath(Path.of("../jenkins-api/target/classes"));
    private final JavaClasses adapter = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPath(Path.of("target/classes"));

    @Test
    void shouldNotCompileTheEngineAgain() {
        assertThat(adapter.stream().map(JavaClass::getPackageName))
                .isNotEmpty()
                .noneMatch(name -> name.startsWith("io.jenkins.plugins.argopreflight.engine"));
    }

    @Test
    void shouldHoldOnlyMembersThatTheAdapterUses() {
        Set<String> used = new TreeSet<>();
        for (JavaClass type : adapter) {
            for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                AccessTarget target = access.getTarget();
                target.resolveMember().ifPresent(member -> used.add(member.getFullName()));
            }
            type.getMethods().forEach(method -> used.addAll(overridden(type, method)));
            used.addAll(attributes(type));
        }
        Set<String> held = slice.stream()
                .flatMap(type -> type.getMembers().stream())
                .filter(member -> !isImplied(member))
                .map(JavaMember::getFullName)
                .collect(toCollection(TreeSet::new));
        assertThat(held).isNotEmpty().isSubsetOf(used);
    }

    @Test
    void shouldHoldOnlyTypesThatTheAdapterNeeds() {
        Set<String> needed = new TreeSet<>();
        Deque<JavaClass> open = new ArrayDeque<>();
        adapter.forEach(open::add);
        while (!open.isEmpty()) {
            open.pop().getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> slice.contain(target.getName()) && needed.add(target.getName()))
                    .forEach(target -> open.push(slice.get(target.getName())));
        }
        Set<String> around = new TreeSet<>();
        needed.forEach(name -> slice.get(name).getEnclosingClass().ifPresent(outer -> around.add(outer.getName())));
        needed.addAll(around);
        assertThat(slice.stream().map(JavaClass::getName)).isNotEmpty().allMatch(needed::contains);
    }

    /** What a method of the adapter is called as, when Jenkins calls it. */
    private static Set<String> overridden(JavaClass type, JavaMethod method) {
        return Stream.concat(type.getAllRawSuperclasses().stream(), type.getAllRawInterfaces().stream())
                .flatMap(above -> above.getMethods().stream())
                .filter(above -> above.getName().equals(method.getName())
                        && above.getRawParameterTypes().size()
                                == method.getRawParameterTypes().size())
                .map(JavaMember::getFullName)
                .collect(toCollection(TreeSet::new));
    }

    /** The attributes that the adapter's annotations set. */
    private static Set<String> attributes(JavaClass type) {
        Stream<? extends JavaAnnotation<?>> all = Stream.concat(
                type.getAnnotations().stream(), type.getMembers().stream().flatMap(m -> m.getAnnotations().stream()));
        Set<String> set = new TreeSet<>();
        all.forEach(annotation -> annotation.getRawType().getMethods().stream()
                .filter(attribute -> annotation.hasExplicitlyDeclaredProperty(attribute.getName()))
                .forEach(attribute -> set.add(attribute.getFullName())));
        return set;
    }

    /** What javac makes, constructors that keep a type from being instantiated, and what abstract types demand. */
    private static boolean isImplied(JavaMember member) {
        if (member.getModifiers().contains(JavaModifier.PRIVATE)
                || member.getOwner().isEnum()
                        && member.getName().matches("values|valueOf|[$]values|[$]VALUES|<init>")) {
            return true;
        }
        if (member instanceof JavaMethod method) {
            return Stream.concat(
                            method.getOwner().getAllRawSuperclasses().stream(),
                            method.getOwner().getAllRawInterfaces().stream())
                    .flatMap(above -> above.getMethods().stream())
                    .anyMatch(above -> above.getName().equals(method.getName())
                            && above.getModifiers().contains(JavaModifier.ABSTRACT)
                            && above.getRawParameterTypes().size()
                                    == method.getRawParameterTypes().size());
        }
        return member.getName().equals("<init>")
                && ((com.tngtech.archunit.core.domain.JavaConstructor) member)
                        .getRawParameterTypes()
                        .isEmpty();
    }
}
