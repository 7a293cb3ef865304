package io.jenkins.plugins.argopreflight.engine.argo.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ParameterTextsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldMakeTextOfNumbersAndBooleansOfParametersOnly() throws IOException {
        ObjectNode workflow = read("""
                {"spec": {"priority": 1, "suspend": true,
                  "arguments": {"parameters": [{"name": "a", "value": 2}, {"name": "b", "value": true}]},
                  "templates": [{"inputs": {"parameters": [
                    {"name": "c", "default": 1.5, "enum": ["x", 3], "valueFrom": {"default": 4}}]}}]}}""");

        assertThat(ParameterTexts.in(workflow)).isEqualTo(read("""
                                {"spec": {"priority": 1, "suspend": true,
                                  "arguments": {"parameters": [
                                    {"name": "a", "value": "2"}, {"name": "b", "value": "true"}]},
                                  "templates": [{"inputs": {"parameters": [
                                    {"name": "c", "default": "1.5", "enum": ["x", "3"],
                                      "valueFrom": {"default": "4"}}]}}]}}"""));
        assertThat(workflow.at("/spec/arguments/parameters/0/value").isNumber()).isTrue();
    }

    private static ObjectNode read(String json) throws IOException {
        return (ObjectNode) JSON.readTree(json);
    }
}
