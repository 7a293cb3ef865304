package io.jenkins.plugins.argopreflight.engine.model.fix;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** A fix for a problem, as data. Its form for a shell, a Jenkinsfile or a manifest is written only when it is shown. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RunCommands.class, name = "run-commands"),
    @JsonSubTypes.Type(value = ApplyManifest.class, name = "apply-manifest"),
    @JsonSubTypes.Type(value = ChangeField.class, name = "change-field"),
    @JsonSubTypes.Type(value = WriteCredentials.class, name = "write-credentials"),
    @JsonSubTypes.Type(value = AskPerson.class, name = "ask-person")
})
public sealed interface Fix permits RunCommands, ApplyManifest, ChangeField, WriteCredentials, AskPerson {

    /** Returns the purpose of this fix, or the condition for choosing it, in one line. */
    FixNote note();

    /** Returns the number of characters of the fix's text for a shell. */
    default long characters() {
        return Shell.text(this).length();
    }

    /**
     * Returns the reasons why the fix cannot be carried out, such as a name that Kubernetes refuses; normally empty.
     */
    default List<String> problems() {
        return List.of();
    }

    /** Returns this fix, or the request to correct its problems. */
    default Fix checked() {
        return problems().isEmpty()
                ? this
                : new AskPerson("", "no command is shown, since " + String.join(", and ", problems()));
    }
}
