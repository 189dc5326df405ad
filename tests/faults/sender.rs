//! The process that is killed: its order comes by standard input, which stays open until nobody wants more of it.

use desk_tests::kill::{Order, send};
use std::io::Write;

#[tokio::main]
async fn main() {
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    let order: Order = serde_json::from_str(&line).unwrap();
    let say = |line: String| {
        let mut out = std::io::stdout().lock();
        // Whoever listened has gone: then there is nobody to tell.
        let _ = writeln!(out, "{line}").and_then(|()| out.flush());
    };
    // Nothing more is said to this process; its end is the message.
    let closed = async {
        let end = tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new()));
        end.await.unwrap().unwrap();
    };
    send(order, say, closed).await;
}
