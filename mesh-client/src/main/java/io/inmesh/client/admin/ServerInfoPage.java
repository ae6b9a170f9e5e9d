package io.inmesh.client.admin;

import io.inmesh.xds.envoy.AdminStatus.ServerInfo;
import io.inmesh.xds.envoy.AdminStatus.State;
import io.inmesh.xds.envoy.CoreBase.Node;
import io.inmesh.xds.wire.Message;
import java.time.Duration;
import java.util.Objects;

/** Envoy's {@code /server_info}, as far as a library has a server. */
final class ServerInfoPage implements AdminPage {

    private final AdminView view;
    private final long startNanos;

    ServerInfoPage(AdminView view) {
        this.view = view;
        startNanos = view.clock().nanoTime();
    }

    @Override
    public AdminAnswer answer(AdminQuery query) {
        Duration uptime = Duration.ofSeconds(
                Duration.ofNanos(view.clock().nanoTime() - startNanos).toSeconds());
        return AdminAnswer.json(AdminPages.JSON.print(Message.of(ServerInfo.TYPE)
                .with(ServerInfo.VERSION, "inmesh/" + version() + "/Java " + Runtime.version())
                .with(ServerInfo.STATE, view.ready() ? State.LIVE : State.PRE_INITIALIZING)
                .with(ServerInfo.UPTIME_CURRENT_EPOCH, uptime)
                .with(ServerInfo.UPTIME_ALL_EPOCHS, uptime)
                .with(ServerInfo.NODE, node())));
    }

    /** What is known here of the node: who it is speaks the agent. */
    static Message node() {
        return Message.of(Node.TYPE).with(Node.USER_AGENT_NAME, "inmesh").with(Node.USER_AGENT_VERSION, version());
    }

    private static String version() {
        return Objects.requireNonNullElse(ServerInfoPage.class.getPackage().getImplementationVersion(), "development");
    }
}
