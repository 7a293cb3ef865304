package io.jenkins.plugins.argopreflight.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Several small text files in one, as Go's tests keep them: a comment, and for each file a line {@code -- name --} and
 * its text, which ends with a line end. See <a href="https://pkg.go.dev/golang.org/x/tools/txtar">txtar</a>.
 *
 * @param comment what is before the first file
 * @param files texts by name, in the order of the archive
 */
public record Txtar(String comment, Map<String, String> files) {

    private static final Pattern NAME = Pattern.compile("(?m)^-- (\\S+) --\n");

    public static Txtar read(Path archive) throws IOException {
        return parse(Files.readString(archive));
    }

    static Txtar parse(String text) {
        Map<String, String> files = new LinkedHashMap<>();
        Matcher found = NAME.matcher(text);
        String name = "";
        int start = 0;
        while (found.find()) {
            files.put(name, text.substring(start, found.start()));
            name = found.group(1);
            start = found.end();
        }
        files.put(name, text.substring(start));
        String comment = files.remove("");
        return new Txtar(comment, files);
    }

    /** The same with another text of one file. */
    public Txtar with(String name, String text) {
        Map<String, String> others = new LinkedHashMap<>(files);
        others.put(name, text);
        return new Txtar(comment, others);
    }

    /** Writes each file into a folder, and returns their paths, sorted. */
    public List<Path> unpack(Path folder) throws IOException {
        List<Path> paths = new ArrayList<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            paths.add(Files.writeString(target, file.getValue()));
        }
        return paths.stream().sorted().toList();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(comment);
        files.forEach(
                (name, file) -> text.append("-- ").append(name).append(" --\n").append(file));
        return text.toString();
    }
}
