package io.jenkins.plugins.argopreflight.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The strings and the comments of a Java source, each with its line. */
public record JavaText(int line, String text) {

    private static final Pattern TOKEN = Pattern.compile("(?<comment>//[^\\n]*+|/\\*(?s:.*?)\\*/)"
            + "|(?<block>\"\"\"(?:[^\"\\\\]|\\\\.|\"(?!\"\"))*+\"\"\")"
            + "|(?<string>\"(?:[^\"\\\\\\n]|\\\\.)*+\")"
            + "|'(?:[^'\\\\\\n]|\\\\.)++'");
    private static final Pattern JOINED = Pattern.compile("\\s*+\\+\\s*+");
    private static final Pattern LINE_OF_COMMENT = Pattern.compile("\\s*+\\n\\s*+(\\*(?!/)\\s*+|//\\s*+)?+");

    /** Strings that are joined by {@code +} are one text. */
    public static List<JavaText> strings(String source) {
        List<JavaText> texts = new ArrayList<>();
        int end = -1;
        for (MatchResult token : TOKEN.matcher(source).results().toList()) {
            boolean block = token.group(2) != null;
            if (!block && token.group(3) == null) {
                continue;
            }
            int quotes = block ? 3 : 1;
            String text = token.group().substring(quotes, token.group().length() - quotes);
            int last = texts.size() - 1;
            if (end >= 0 && JOINED.matcher(source.substring(end, token.start())).matches()) {
                texts.set(last, new JavaText(texts.get(last).line, texts.get(last).text + text));
            } else {
                texts.add(new JavaText(line(source, token.start()), text));
            }
            end = token.end();
        }
        return texts;
    }

    /** Returns the comments, each in one line. */
    public static List<JavaText> comments(String source) {
        return TOKEN.matcher(source)
                .results()
                .filter(token -> token.group(1) != null)
                .map(token -> new JavaText(
                        line(source, token.start()),
                        LINE_OF_COMMENT.matcher(token.group()).replaceAll(" ")))
                .toList();
    }

    private static int line(String source, int offset) {
        return 1
                + (int) source.substring(0, offset)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }
}
