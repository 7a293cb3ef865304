package io.jenkins.plugins.argopreflight.engine.argo.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases are those of client-go util/jsonpath/{parser_test,jsonpath_test}.go, and what kubectl says to others. */
class KubectlJsonPathTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain text",
                "{}",
                "hello {.jsonpath}",
                "{'hello'}",
                "{.data.tls\\.crt}",
                "{$.status.conditions[?(@.type==\"Ready\")].status}",
                "{.status.conditions[?(@.type=='Ready (now)')].status}",
                "{range .items[*]}{.metadata.name}{\"\\t\"}{end}",
                "{['a']}{.items[0,1]}{.items['a','b']}{.items[-1:]}{.items[::2]}",
                "{..name}",
                "{.items..metadata}",
                "{[0]}",
                "{.items[*].spec..image}",
                "{.a[?(@.b)]}",
                "{.a[?(@.b>-1.5)]}",
                "{@}",
                "{.status.loadBalancer.ingress[0].ip}"
            })
    void shouldTakeWhatKubectlTakes(String template) {
        assertThat(KubectlJsonPath.error(template)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{.data.a|unclosed action",
                "{.items[}|unterminated array",
                "{.items[?(.a|unterminated filter",
                "{.items[?(@.a==1)|unclosed array expect ]",
                "{.items[name]}|invalid array index name",
                "{data.a}|unrecognized identifier data",
                "{.a b}|unrecognized identifier b",
                "{'a}|unterminated quoted string",
                "{....a}|invalid multiple recursive descent",
                "{*}|unrecognized character in action: '*'",
                "{+-2}|cannot parse number +",
                "{.a[0:x]}|invalid array index 0:x"
            })
    void shouldReportTheErrorOfKubectl(String template, String error) {
        assertThat(KubectlJsonPath.error(template)).contains("error parsing jsonpath " + template + ", " + error);
    }
}
