package io.jenkins.plugins.argopreflight.contract;

import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** A data-bound class: its parameters, and the files beside it that a form is made of. */
record Form(Class<?> type) {

    private static final Path RESOURCES = ProjectRoot.path().resolve("src/main/resources");

    /** Returns the concrete classes of the adapter that a form or a Jenkinsfile fills. */
    static List<Form> all() {
        List<Form> forms = new ArrayList<>();
        Path classes = Path.of("target/classes");
        try (Stream<Path> files = Files.walk(classes)) {
            files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("/engine/"))
                    .sorted()
                    .map(name -> load(name.substring(0, name.length() - 6).replace('/', '.')))
                    .filter(found -> !Modifier.isAbstract(found.getModifiers()))
                    .map(Form::new)
                    .filter(form -> !form.parameters().isEmpty())
                    .forEach(forms::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return forms;
    }

    static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Form.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The parameters' types by name: the constructor's first, then the setters' by name, the class's own first. */
    Map<String, Type> parameters() {
        Map<String, Type> parameters = new LinkedHashMap<>(own());
        bases().forEach(base -> parameters.putAll(base.own()));
        return parameters;
    }

    /** Returns the parameters that the class itself declares. */
    Map<String, Type> own() {
        Map<String, Type> parameters = new LinkedHashMap<>(required());
        Stream.of(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(DataBoundSetter.class))
                .sorted((a, b) -> a.getName().compareTo(b.getName()))
                .forEach(setter -> parameters.put(field(setter), setter.getGenericParameterTypes()[0]));
        return parameters;
    }

    /** The classes that it extends and that declare parameters, the next one first. */
    List<Form> bases() {
        List<Form> bases = new ArrayList<>();
        for (Class<?> c = type.getSuperclass(); c != null; c = c.getSuperclass()) {
            bases.add(new Form(c));
        }
        return bases.stream().filter(base -> !base.own().isEmpty()).toList();
    }

    /** The parameters of the constructor. */
    Map<String, Type> required() {
        Map<String, Type> parameters = new LinkedHashMap<>();
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.isAnnotationPresent(DataBoundConstructor.class)) {
                for (Parameter parameter : constructor.getParameters()) {
                    parameters.put(parameter.getName(), parameter.getParameterizedType());
                }
            }
        }
        return parameters;
    }

    private static String field(Method setter) {
        return setter.getName().substring(3, 4).toLowerCase() + setter.getName().substring(4);
    }

    boolean hasGetter(String field) {
        String name = field.substring(0, 1).toUpperCase() + field.substring(1);
        return Stream.of(type.getMethods())
                .anyMatch(method -> method.getParameterCount() == 0
                        && (method.getName().equals("get" + name)
                                || method.getName().equals("is" + name)));
    }

    /** A file beside the class or one that it extends. */
    Optional<String> file(String name) {
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            Path file = RESOURCES
                    .resolve(c.getName().replace('.', '/').replace('$', '/'))
                    .resolve(name);
            if (Files.exists(file)) {
                return Optional.of(read(file));
            }
        }
        return Optional.empty();
    }

    /** Returns the Jelly of the class and of its superclasses as one text. */
    String jelly() {
        StringBuilder all = new StringBuilder();
        for (Class<?> c = type; c != null; c = c.getSuperclass()) {
            Path folder = RESOURCES.resolve(c.getName().replace('.', '/'));
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.filter(file -> file.toString().endsWith(".jelly")).forEach(file -> all.append(read(file)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return all.toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return type.getSimpleName();
    }
}
