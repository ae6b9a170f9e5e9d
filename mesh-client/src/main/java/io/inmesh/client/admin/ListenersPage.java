package io.inmesh.client.admin;

import io.inmesh.xds.decode.ResourceType;
import io.inmesh.xds.envoy.AdminListeners.ListenerStatus;
import io.inmesh.xds.envoy.AdminListeners.Listeners;
import io.inmesh.xds.envoy.CoreAddress.Address;
import io.inmesh.xds.envoy.CoreAddress.SocketAddress;
import io.inmesh.xds.envoy.Listeners.Listener;
import io.inmesh.xds.wire.MalformedMessageException;
import io.inmesh.xds.wire.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * Envoy's {@code /listeners}: names and addresses as the control service gave them. In process nothing is bound; the addresses are what
 * callers' URLs are looked up by.
 */
record ListenersPage(AdminView view) implements AdminPage {

    @Override
    public AdminAnswer answer(AdminQuery query) throws AdminQuery.NotUnderstoodException {
        boolean json = query.format("text", "json").equals("json");
        List<Message> statuses = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        for (ResourceUpdates.Update update :
                view.updates().of(ResourceType.LISTENER).byName().values()) {
            Message address = address(update);
            statuses.add(Message.of(ListenerStatus.TYPE)
                    .with(ListenerStatus.NAME, update.name())
                    .with(ListenerStatus.LOCAL_ADDRESS, address));
            Message socket = address.get(Address.SOCKET_ADDRESS);
            text.append(update.name())
                    .append("::")
                    .append(socket.get(SocketAddress.ADDRESS))
                    .append(':')
                    .append(socket.get(SocketAddress.PORT_VALUE))
                    .append('\n');
        }
        return json
                ? AdminAnswer.json(
                        AdminPages.JSON.print(Message.of(Listeners.TYPE).with(Listeners.LISTENER_STATUSES, statuses)))
                : AdminAnswer.text(text.toString());
    }

    private static Message address(ResourceUpdates.Update update) {
        try {
            return Message.parse(Listener.TYPE, update.wire()).get(Listener.ADDRESS);
        } catch (MalformedMessageException e) {
            throw new IllegalStateException("a listener in effect cannot be read: " + update.name(), e);
        }
    }
}
