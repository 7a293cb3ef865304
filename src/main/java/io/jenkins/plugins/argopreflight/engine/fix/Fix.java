package io.jenkins.plugins.argopreflight.engine.fix;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What to do about a problem, as data: it is written for a shell, a Jenkinsfile or a manifest only at the end. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = RunCommands.class, name = "run-commands"),
    @JsonSubTypes.Type(value = ApplyManifest.class, name = "apply-manifest"),
    @JsonSubTypes.Type(value = ChangeField.class, name = "change-field"),
    @JsonSubTypes.Type(value = WriteCredentials.class, name = "write-credentials"),
    @JsonSubTypes.Type(value = AskPerson.class, name = "ask-person")
})
public sealed interface Fix permits RunCommands, ApplyManifest, ChangeField, WriteCredentials, AskPerson {

    /** What it is for, or when to choose it, in one line; "" where the fix speaks for itself. */
    String note();

    /** Why it cannot be carried out as it stands, such as a name that Kubernetes refuses; usually none. */
    default List<String> problems() {
        return List.of();
    }

    /** This fix, or what to correct before there can be one. */
    default Fix checked() {
        return problems().isEmpty()
                ? this
                : new AskPerson("", "no command is shown, since " + String.join(", and ", problems()));
    }
}
