package io.jenkins.plugins.argopreflight.engine.fixed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.model.fix.ApplyManifest;
import io.jenkins.plugins.argopreflight.engine.model.fix.AskPerson;
import io.jenkins.plugins.argopreflight.engine.model.fix.ChangeField;
import io.jenkins.plugins.argopreflight.engine.model.fix.Command;
import io.jenkins.plugins.argopreflight.engine.model.fix.Fix;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixNote;
import io.jenkins.plugins.argopreflight.engine.model.fix.RunCommands;
import io.jenkins.plugins.argopreflight.engine.model.fix.Shell;
import io.jenkins.plugins.argopreflight.engine.model.fix.WriteCredentials;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.RegistryCredential;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Carries out the fixes of findings in a folder, as their reader would. */
final class FixApplier {

    private static final YAMLMapper YAML = new YAMLMapper();

    /** A word in capitals that the reader has to replace, which no machine can. */
    private static final Pattern BLANK = Pattern.compile(
            "\\b(NAME|NAMESPACE|PROGRAM|FILE|REGISTRY|TAG|KEY|VALUE|IMAGE|LICENSE|USER|PASSWORD|HOST|PATH)\\b");

    private final FixedFolder folder;
    private final SyncInFolder sync;

    /** The fixes that could not be carried out, each with the reason. */
    final List<String> failures = new ArrayList<>();

    FixApplier(FixedFolder folder) {
        this.folder = folder;
        this.sync = new SyncInFolder(folder);
    }

    /** Returns whether a finding has a fix that a program can carry out. */
    static boolean isFixable(Finding finding) {
        return finding.fixes().stream().anyMatch(FixApplier::isChange);
    }

    private static boolean isChange(Fix fix) {
        if (fix instanceof AskPerson || !fix.problems().isEmpty() || isBlank(fix)) {
            return false;
        }
        return !(fix instanceof RunCommands run)
                || run.commands().stream().anyMatch(each -> !Kubectl.isLook(each) || SyncInFolder.isSync(each))
                        && run.commands().stream().noneMatch(Kubectl::isDownload);
    }

    private static boolean isBlank(Fix fix) {
        return !(fix instanceof WriteCredentials)
                && (Shell.text(fix).contains("# the valid value")
                        || BLANK.matcher(Shell.text(fix).replaceAll("(?m)#.*", ""))
                                .find());
    }

    private record Chosen(Finding finding, Fix fix) {

        boolean renames() {
            return fix instanceof ChangeField change && change.value().field().equals("metadata");
        }
    }

    /** Applies the fixes of findings. A fix that finds an object by its name comes before one that changes the name. */
    void applyAll(List<Finding> findings) {
        List<Chosen> chosen =
                findings.stream().flatMap(FixApplier::chosen).distinct().toList();
        chosen.stream().filter(each -> !each.renames()).forEach(this::apply);
        chosen.stream().filter(Chosen::renames).forEach(this::apply);
    }

    /** Returns all fixes of a finding that are not alternatives, or else the first alternative. */
    private static Stream<Chosen> chosen(Finding finding) {
        List<Fix> changes =
                finding.fixes().stream().filter(FixApplier::isChange).toList();
        List<Fix> first = changes.stream()
                .filter(fix -> fix.note().choice() != FixNote.Choice.OR)
                .toList();
        List<Fix> all = first.isEmpty() ? changes.subList(0, Math.min(1, changes.size())) : first;
        return all.stream().map(fix -> new Chosen(finding, fix));
    }

    private void apply(Chosen chosen) {
        try {
            apply(chosen.finding(), chosen.fix());
        } catch (IOException | IllegalArgumentException e) {
            failures.add(chosen.finding().check() + ": " + e.getMessage() + ": " + Shell.text(chosen.fix()));
        }
    }

    private void apply(Finding finding, Fix fix) throws IOException {
        if (fix instanceof ChangeField change) {
            change(finding, change);
        } else if (fix instanceof ApplyManifest apply) {
            Kubectl.run(folder, apply.command());
        } else if (fix instanceof WriteCredentials write) {
            for (Command first : write.first()) {
                Kubectl.run(folder, first);
            }
            write(write);
        } else if (fix instanceof RunCommands run) {
            for (Command command : run.commands()) {
                if (SyncInFolder.isSync(command)) {
                    sync.run(command);
                } else if (!command.output().isEmpty()) {
                    sync.save(command);
                } else if (!Kubectl.isLook(command)) {
                    Kubectl.run(folder, command);
                }
            }
        }
    }

    private void change(Finding finding, ChangeField change) throws IOException {
        String kind = change.place().kind();
        List<ObjectNode> found = folder.find(
                kind.isEmpty() ? finding.subject().kind() : kind,
                change.place().namespace(),
                kind.isEmpty() ? finding.subject().name() : change.place().name());
        if (found.isEmpty() && kind.equals("ConfigMap")) {
            found = List.of(
                    folder.configMap(change.place().namespace(), change.place().name()));
        }
        if (found.isEmpty() && changeManifest(change)) {
            return;
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("there is no " + change.place());
        }
        folder.replace(found.get(0), ChangeApplied.in(found.get(0), change));
    }

    /** Changes an object that a resource template creates, in the text of its manifest. */
    private boolean changeManifest(ChangeField change) throws IOException {
        for (ObjectNode given : folder.given) {
            for (JsonNode resource : given.findValues("resource")) {
                if (YAML.readTree(resource.path("manifest").asText()) instanceof ObjectNode object
                        && object.path("kind").asText().equals(change.place().kind())
                        && object.path("metadata")
                                .path("name")
                                .asText()
                                .equals(change.place().name())) {
                    ((ObjectNode) resource).put("manifest", YAML.writeValueAsString(ChangeApplied.in(object, change)));
                    return true;
                }
            }
        }
        return false;
    }

    private void write(WriteCredentials write) throws IOException {
        String registry = write.registry().placeholder()
                ? "registry.example.com"
                : write.registry().text();
        String[] account =
                folder.account(registry.replaceFirst("^https?://", "").replaceFirst("/.*", ""));
        sync.run(
                write.command(),
                List.of(new RegistryCredential(registry, account[0], Password.of(account[1]), "", "fixed")));
    }
}
