package io.jenkins.plugins.argopreflight.engine.util.yaml;

import java.util.function.LongConsumer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * The characters of a YAML text for the parser. The parser's own reader copies the remainder of a long scalar for each
 * 1,024 characters, so that a scalar of 8 MiB takes a minute. This one reads an array, and charges the characters that
 * were read.
 */
public final class YamlText extends StreamReader {

    private static final String NAME = "text";
    private static final int CHARACTERS_PER_CHARGE = 4_096;
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final LongConsumer charge;
    private final int[] points;
    private int index;
    private int charged;
    private int documentStart;
    private int line;
    private int column;

    /**
     * Creates a reader at the start of a text.
     *
     * @param charge receives the number of characters that were read since the last call
     * @throws ReaderException if a character is not allowed in YAML
     */
    public YamlText(String text, LongConsumer charge) {
        super("");
        this.charge = charge;
        points = text.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            if (!isPrintable(points[i])) {
                throw new ReaderException(NAME, i, points[i], "special characters are not allowed");
            }
        }
    }

    @Override
    public Mark getMark() {
        return new Mark(NAME, index, line, column, points, index);
    }

    @Override
    public void forward() {
        forward(1);
    }

    @Override
    public void forward(int length) {
        for (int i = 0; i < length && index < points.length; i++) {
            int point = points[index];
            advance(1);
            if (isBreak(point) || point == '\r' && index < points.length && points[index] != '\n') {
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
        return index + ahead < points.length ? points[index + ahead] : 0;
    }

    @Override
    public String prefix(int length) {
        return new String(points, index, Math.min(length, points.length - index));
    }

    @Override
    public String prefixForward(int length) {
        String prefix = prefix(length);
        advance(length);
        column += length;
        return prefix;
    }

    @Override
    public int getColumn() {
        return column;
    }

    @Override
    public int getDocumentIndex() {
        return index - documentStart;
    }

    @Override
    public void resetDocumentIndex() {
        documentStart = index;
    }

    @Override
    public int getIndex() {
        return index;
    }

    @Override
    public int getLine() {
        return line;
    }

    private void advance(int length) {
        index += length;
        if (index - charged >= CHARACTERS_PER_CHARGE) {
            charge.accept(index - charged);
            charged = index;
        }
    }

    private static boolean isBreak(int point) {
        return point == '\n' || point == '\u0085' || point == '\u2028' || point == '\u2029';
    }
}
