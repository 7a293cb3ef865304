package io.jenkins.plugins.argopreflight.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTable;
import org.htmlunit.html.HtmlTableRow;

/** The headings that narrow pages show in front of each cell, where a table has no columns. */
final class CellLabels {

    private CellLabels() {}

    /** Checks that each cell of the page's tables is labelled with the heading of its column. */
    static void check(HtmlPage page) {
        List<HtmlTable> tables = page.getByXPath("//*[@class='ap-wide']/table");
        assertThat(tables).isNotEmpty();
        for (HtmlTable table : tables) {
            HtmlTableRow heading = table.getHeader().getRows().get(0);
            for (HtmlTableRow row : table.getBodies().get(0).getRows()) {
                for (int i = 0; i < row.getCells().size(); i++) {
                    if (row.getCell(i).getTagName().equals("td")) {
                        assertThat(row.getCell(i).getAttribute("data-label"))
                                .isEqualTo(heading.getCell(i).getTextContent());
                    }
                }
            }
        }
    }
}
