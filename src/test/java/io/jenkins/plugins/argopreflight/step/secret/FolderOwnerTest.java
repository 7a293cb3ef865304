package io.jenkins.plugins.argopreflight.step.secret;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Item;
import hudson.model.ItemGroup;
import java.lang.reflect.Proxy;
import jenkins.model.ModifiableTopLevelItemGroup;
import org.junit.jupiter.api.Test;

class FolderOwnerTest {

    private final Object top = make(null, ItemGroup.class);

    @Test
    void shouldOwnByTheFolderThatContainsTheJob() {
        Item outer = folder(top);
        Item inner = folder(outer);
        assertThat(FolderOwner.folder(job(inner))).containsSame(inner);
        assertThat(FolderOwner.folder(job(outer))).containsSame(outer);
    }

    @Test
    void shouldOwnByTheTopLevel() {
        assertThat(FolderOwner.folder(job(top))).isEmpty();
        assertThat(FolderOwner.folder(job(computed(top)))).isEmpty();
    }

    @Test
    void shouldCountAMultibranchProjectAsOneJob() {
        Item folder = folder(top);
        Item project = computed(folder);
        assertThat(FolderOwner.folder(job(project))).containsSame(folder);
    }

    @Test
    void shouldOwnByTheOrganizationFolderOfAMultibranchProject() {
        Item organization = computed(folder(top));
        assertThat(FolderOwner.folder(job(computed(organization)))).containsSame(organization);
    }

    private static Item job(Object parent) {
        return (Item) make(parent, Item.class);
    }

    /** A folder in which people create jobs. */
    private static Item folder(Object parent) {
        return (Item) make(parent, Item.class, ModifiableTopLevelItemGroup.class);
    }

    /** A folder that fills itself. */
    private static Item computed(Object parent) {
        return (Item) make(parent, Item.class, ItemGroup.class);
    }

    private static Object make(Object parent, Class<?>... types) {
        return Proxy.newProxyInstance(
                FolderOwnerTest.class.getClassLoader(), types, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getParent" -> parent;
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> method.getName();
                });
    }
}
