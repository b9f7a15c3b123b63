BEGIN TRANSACTION;
CREATE TABLE attempt (
	id INTEGER NOT NULL, 
	question TEXT NOT NULL, 
	seed INTEGER NOT NULL, 
	item_hash TEXT NOT NULL, 
	response JSON NOT NULL, 
	score FLOAT NOT NULL, 
	mistake TEXT NOT NULL, 
	utc_ms INTEGER NOT NULL, 
	offset_minutes INTEGER NOT NULL, 
	study_day INTEGER NOT NULL, 
	milliseconds INTEGER NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(question) REFERENCES question (id) ON UPDATE CASCADE
);
INSERT INTO "attempt" VALUES(1,'gates-q1',0,'32f7f7f21e6c182e0cae9689d025dea6','{"chosen": [0], "text": ""}',1.0,'',1728043200000,0,20000,4000);
CREATE TABLE card (
	id TEXT NOT NULL, 
	topic TEXT NOT NULL, 
	front TEXT NOT NULL, 
	back TEXT NOT NULL, 
	claims JSON NOT NULL, 
	hash TEXT NOT NULL, 
	place INTEGER NOT NULL, 
	mix INTEGER NOT NULL, 
	retired BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(topic) REFERENCES topic (id)
);
INSERT INTO "card" VALUES('gates-1','gates','Front of gates-1','Back','["gates.c1"]','5763ea0fec3bf79b9326368755650a34',0,5891847917938919044,0);
INSERT INTO "card" VALUES('gates-2','gates','Front of gates-2','Back','["gates.c1"]','d5ae49d1fefc2c2c9565e767a3436c26',1,8728671031851089245,0);
INSERT INTO "card" VALUES('gates-3','gates','Front of gates-3','Back','["gates.c1"]','d5bdc19d57a9799409ccfa5899f1f74c',2,3252223969177029592,0);
INSERT INTO "card" VALUES('loops-1','loops','Front of loops-1','Back','["loops.c1"]','fbe4ea5ab4e643d3b6cdff50ee536d73',3,6127187854326352215,0);
INSERT INTO "card" VALUES('loops-2','loops','Front of loops-2','Back','["loops.c1"]','749d75184195ba96d62f985a6576e332',4,3284818833603623776,0);
INSERT INTO "card" VALUES('loops-3','loops','Front of loops-3','Back','["loops.c1"]','259462e5088cbea8e75d9ff9d747bdcb',5,2670052066794492321,0);
CREATE TABLE memory (
	card TEXT NOT NULL, 
	phase TEXT NOT NULL, 
	stability FLOAT NOT NULL, 
	difficulty FLOAT NOT NULL, 
	step INTEGER NOT NULL, 
	due_ms INTEGER NOT NULL, 
	due_day INTEGER NOT NULL, 
	last_day INTEGER NOT NULL, 
	reviews INTEGER NOT NULL, 
	lapses INTEGER NOT NULL, 
	PRIMARY KEY (card), 
	FOREIGN KEY(card) REFERENCES card (id) ON UPDATE CASCADE
);
INSERT INTO "memory" VALUES('gates-1','learning',2.3065,2.11810397045901499524e+00,1,1728043800000,0,20000,1,0);
INSERT INTO "memory" VALUES('loops-2','learning',0.212,6.4133,0,1728043320000,0,20000,1,0);
CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('created_ms','1728043200000');
INSERT INTO "meta" VALUES('course','764e1ab894670087771447108f16df2a');
CREATE TABLE question (
	id TEXT NOT NULL, 
	topic TEXT NOT NULL, 
	data JSON NOT NULL, 
	hash TEXT NOT NULL, 
	place INTEGER NOT NULL, 
	retired BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(topic) REFERENCES topic (id)
);
INSERT INTO "question" VALUES('gates-q1','gates','{"id": "gates-q1", "topic": "gates", "kind": "choice", "ask": "Is gates-q1 so?", "solution": "It is.", "claims": ["gates.c1"], "options": [{"text": "Yes", "right": true, "why": "It is so."}, {"text": "No", "right": false, "why": "It is not."}, {"text": "Perhaps", "right": false, "why": "It is certain."}], "generator": "", "wants": "", "decimals": null, "tolerance": null, "unit": "", "hint": "", "mistakes": [], "was": []}','32f7f7f21e6c182e0cae9689d025dea6',0,0);
INSERT INTO "question" VALUES('gates-q2','gates','{"id": "gates-q2", "topic": "gates", "kind": "choice", "ask": "Is gates-q2 so?", "solution": "It is.", "claims": ["gates.c1"], "options": [{"text": "Yes", "right": true, "why": "It is so."}, {"text": "No", "right": false, "why": "It is not."}, {"text": "Perhaps", "right": false, "why": "It is certain."}], "generator": "", "wants": "", "decimals": null, "tolerance": null, "unit": "", "hint": "", "mistakes": [], "was": []}','199e577c35416e0e64d38c8c29f80a65',1,0);
INSERT INTO "question" VALUES('gates-q3','gates','{"id": "gates-q3", "topic": "gates", "kind": "choice", "ask": "Is gates-q3 so?", "solution": "It is.", "claims": ["gates.c1"], "options": [{"text": "Yes", "right": true, "why": "It is so."}, {"text": "No", "right": false, "why": "It is not."}, {"text": "Perhaps", "right": false, "why": "It is certain."}], "generator": "", "wants": "", "decimals": null, "tolerance": null, "unit": "", "hint": "", "mistakes": [], "was": []}','9891eb8ab0c8cc8e15ace6ccdcac9efa',2,0);
INSERT INTO "question" VALUES('loops-q1','loops','{"id": "loops-q1", "topic": "loops", "kind": "choice", "ask": "Is loops-q1 so?", "solution": "It is.", "claims": ["loops.c1"], "options": [{"text": "Yes", "right": true, "why": "It is so."}, {"text": "No", "right": false, "why": "It is not."}, {"text": "Perhaps", "right": false, "why": "It is certain."}], "generator": "", "wants": "", "decimals": null, "tolerance": null, "unit": "", "hint": "", "mistakes": [], "was": []}','3464699bbcc7fe3b774c3066ef1bc577',3,0);
INSERT INTO "question" VALUES('loops-q2','loops','{"id": "loops-q2", "topic": "loops", "kind": "choice", "ask": "Is loops-q2 so?", "solution": "It is.", "claims": ["loops.c1"], "options": [{"text": "Yes", "right": true, "why": "It is so."}, {"text": "No", "right": false, "why": "It is not."}, {"text": "Perhaps", "right": false, "why": "It is certain."}], "generator": "", "wants": "", "decimals": null, "tolerance": null, "unit": "", "hint": "", "mistakes": [], "was": []}','4bdbf3c46ed48026bcef288fa5871e10',4,0);
INSERT INTO "question" VALUES('loops-q3','loops','{"id": "loops-q3", "topic": "loops", "kind": "choice", "ask": "Is loops-q3 so?", "solution": "It is.", "claims": ["loops.c1"], "options": [{"text": "Yes", "right": true, "why": "It is so."}, {"text": "No", "right": false, "why": "It is not."}, {"text": "Perhaps", "right": false, "why": "It is certain."}], "generator": "", "wants": "", "decimals": null, "tolerance": null, "unit": "", "hint": "", "mistakes": [], "was": []}','108fa4cf33e40237cd07e4e5a41c5ca5',5,0);
CREATE TABLE review (
	id INTEGER NOT NULL, 
	card TEXT NOT NULL, 
	rating INTEGER NOT NULL, 
	utc_ms INTEGER NOT NULL, 
	offset_minutes INTEGER NOT NULL, 
	study_day INTEGER NOT NULL, 
	milliseconds INTEGER NOT NULL, 
	phase TEXT NOT NULL, 
	"before" JSON NOT NULL, 
	"after" JSON NOT NULL, 
	PRIMARY KEY (id), 
	FOREIGN KEY(card) REFERENCES card (id) ON UPDATE CASCADE
);
INSERT INTO "review" VALUES(1,'gates-1',3,1728043200000,0,20000,1200,'new','{"phase": "new", "stability": 0.0, "difficulty": 0.0, "step": 0, "due_ms": 0, "due_day": 0, "last_day": -1, "reviews": 0, "lapses": 0}','{"phase": "learning", "stability": 2.3065, "difficulty": 2.118103970459015, "step": 1, "due_ms": 1728043800000, "due_day": 0, "last_day": 20000, "reviews": 1, "lapses": 0}');
INSERT INTO "review" VALUES(2,'loops-2',1,1728043260000,0,20000,900,'new','{"phase": "new", "stability": 0.0, "difficulty": 0.0, "step": 0, "due_ms": 0, "due_day": 0, "last_day": -1, "reviews": 0, "lapses": 0}','{"phase": "learning", "stability": 0.212, "difficulty": 6.4133, "step": 0, "due_ms": 1728043320000, "due_day": 0, "last_day": 20000, "reviews": 1, "lapses": 0}');
CREATE TABLE topic (
	id TEXT NOT NULL, 
	unit TEXT NOT NULL, 
	unit_title TEXT NOT NULL, 
	unit_order INTEGER NOT NULL, 
	"order" INTEGER NOT NULL, 
	title TEXT NOT NULL, 
	summary TEXT NOT NULL, 
	body TEXT NOT NULL, 
	claims JSON NOT NULL, 
	needs JSON NOT NULL, 
	hash TEXT NOT NULL, 
	place INTEGER NOT NULL, 
	retired BOOLEAN DEFAULT 0 NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "topic" VALUES('gates','basics','Basics',1,1,'About gates','All about gates.','## Heading

Text with $x_t$.
','["gates.c1"]','[]','76237bd944914cae82a81aa24cfe9ff3',0,0);
INSERT INTO "topic" VALUES('loops','basics','Basics',1,2,'About loops','All about loops.','## Heading

Text with $x_t$.
','["loops.c1"]','[]','d0119cfb878bf83f9fac155b0b106844',1,0);
CREATE INDEX memory_due ON memory (phase, due_day);
CREATE INDEX review_day ON review (study_day, phase);
CREATE INDEX ix_review_card ON review (card);
CREATE INDEX ix_attempt_question ON attempt (question);
CREATE INDEX attempt_day ON attempt (study_day);
COMMIT;
