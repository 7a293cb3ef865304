package io.jenkins.plugins.argopreflight.step.preflight;

import hudson.AbortException;
import hudson.FilePath;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ParameterFile;
import io.jenkins.plugins.argopreflight.step.Messages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of a submission for the parameters of a workflow, as a step provides them. */
public final class WorkflowParameters {

    private WorkflowParameters() {}

    /**
     * Parses {@code NAME=VALUE} texts: the first equals sign separates, and the last value of a name counts.
     *
     * @param parameter the step's parameter, for errors
     * @throws AbortException if a text has no name
     */
    public static Map<String, String> pairs(String parameter, List<String> list) throws AbortException {
        Map<String, String> values = new LinkedHashMap<>();
        for (String each : list) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                throw new AbortException(Messages.WorkflowParameters_form(parameter));
            }
            values.put(each.substring(0, equals).strip(), each.substring(equals + 1));
        }
        return values;
    }

    /**
     * Returns the values of the file and of the list. A value of the list replaces the value of the same name in the
     * file.
     */
    static Map<String, String> of(List<String> list, String file, FilePath workspace)
            throws IOException, InterruptedException {
        Map<String, String> values = new LinkedHashMap<>();
        if (!file.isEmpty()) {
            values.putAll(inFile(file, workspace));
        }
        values.putAll(pairs("parameters", list));
        return values;
    }

    private static Map<String, String> inFile(String file, FilePath workspace)
            throws IOException, InterruptedException {
        Map<String, byte[]> found = new WorkspaceManifests("parameterFile", file).read(workspace);
        if (found.size() != 1) {
            throw new AbortException(Messages.WorkflowParameters_files(file, found.size()));
        }
        Map.Entry<String, byte[]> only = found.entrySet().iterator().next();
        return ParameterFile.read(only.getKey(), new String(only.getValue(), StandardCharsets.UTF_8));
    }
}
