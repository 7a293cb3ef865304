package io.jenkins.plugins.argopreflight.cli;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** docs/sync.schema.json, which every JSON report must obey. */
public final class Schema {

    private Schema() {}

    public static List<String> problems(String json) throws IOException {
        return problems(json, "sync.schema.json");
    }

    public static List<String> problems(String json, String schemaFile) throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(ProjectRoot.path().resolve("docs").resolve(schemaFile)));
        return schema.validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }
}
