package io.jenkins.plugins.argopreflight.engine.manifest;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * The characters of a YAML text for the parser. The parser's own reader copies the rest of a long scalar again for each
 * 1,024 characters of it, so that a scalar of 8 MiB takes a minute; this one reads an array, and charges what was read.
 */
public final class YamlText extends StreamReader {

    private static final String NAME = "text";
    private static final int CHARGED_TOGETHER = 4_096;
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final Budget budget = Budget.current();
    private final int[] points;
    private int at;
    private int charged;
    private int documentStart;
    private int line;
    private int column;

    /** @throws ReaderException when a character is not allowed in YAML */
    public YamlText(String text) {
        super("");
        points = text.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            if (!isPrintable(points[i])) {
                throw new ReaderException(NAME, i, points[i], "special characters are not allowed");
            }
        }
    }

    @Override
    public Mark getMark() {
        return new Mark(NAME, at, line, column, points, at);
    }

    @Override
    public void forward() {
        forward(1);
    }

    @Override
    public void forward(int length) {
        for (int i = 0; i < length && at < points.length; i++) {
            int point = points[at];
            go(1);
            if (isBreak(point) || point == '\r' && at < points.length && points[at] != '\n') {
                line++;
                column = 0;
            } else if (point != BYTE_ORDER_MARK) {
                column++;
            }
        }
    }

    @Override
    public int peek() {
        return peek(0);
    }

    @Override
    public int peek(int ahead) {
        return at + ahead < points.length ? points[at + ahead] : 0;
    }

    @Override
    public String prefix(int length) {
        return new String(points, at, Math.min(length, points.length - at));
    }

    @Override
    public String prefixForward(int length) {
        String prefix = prefix(length);
        go(length);
        column += length;
        return prefix;
    }

    @Override
    public int getColumn() {
        return column;
    }

    @Override
    public int getDocumentIndex() {
        return at - documentStart;
    }

    @Override
    public void resetDocumentIndex() {
        documentStart = at;
    }

    @Override
    public int getIndex() {
        return at;
    }

    @Override
    public int getLine() {
        return line;
    }

    private void go(int length) {
        at += length;
        if (at - charged >= CHARGED_TOGETHER) {
            budget.read(at - charged);
            charged = at;
        }
    }

    private static boolean isBreak(int point) {
        return point == '\n' || point == '\u0085' || point == '\u2028' || point == '\u2029';
    }
}
